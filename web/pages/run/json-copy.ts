import type { JsonPath } from '../../ui/JsonTree.tsx';

/** `response` is a variable of templates; the others only say where a value stands. */
export type PathRoot = 'response' | 'request' | 'account';

const plainName = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const longestShown = 120;

/** What is copied of a value: where it stands, and the value itself without quotes. */
export function copyTexts(
  path: JsonPath,
  value: unknown,
  root: PathRoot,
): { path: string; value: string; shown: string } {
  const parts = path.map((part) => {
    if (typeof part === 'number') return `.[${part}]`;
    return plainName.test(part) ? `.${part}` : `["${part.replaceAll(/[\\"]/g, '\\$&')}"]`;
  });
  const place = `${root}${parts.join('')}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const line = text.replaceAll(/\s+/g, ' ');
  return {
    path: root === 'response' ? `{{${place}}}` : place,
    value: text,
    shown: line.length > longestShown ? `${line.slice(0, longestShown)}…` : line,
  };
}
