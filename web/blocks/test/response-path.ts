import type { JsonPath } from '../../ui/JsonTree.tsx';

const plainName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The template of one value of an answer: `{{response.items.[0].id}}`; the whole answer for an empty path. */
export function responseTemplate(path: JsonPath): string {
  const parts = path.map((part) => {
    if (typeof part === 'number') return `.[${part}]`;
    if (plainName.test(part)) return `.${part}`;
    return `["${part.replaceAll(/[\\"]/g, '\\$&')}"]`;
  });
  return `{{response${parts.join('')}}}`;
}

/** A name for what is kept, such as `item id` for `items.0.id`. */
export function nameOfPath(path: JsonPath): string {
  const names = path.filter((part) => typeof part === 'string');
  return names.slice(-2).join(' ');
}
