import type { Converter, Otherwise } from './converter.ts';
import { prepareDateFormat } from './date-format.ts';
import type { MappingSource } from './mapping-source.ts';
import { type Coerced, toText } from './value.ts';

/** Converts one value; `read` gives those of the other sources of the same record. */
export type Convert = (value: unknown, read: (source: MappingSource) => unknown) => Coerced;

const good = (value: unknown): Coerced => ({ ok: true, value });
const quote = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';

/** Prepares a row's converters, which follow each other. Throws `invalid` for a date format that cannot be read. */
export function prepareConverters(converters: readonly Converter[]): Convert {
  const prepared = converters.map(prepareConverter);
  return (value, read) => {
    let current = good(value);
    for (const convert of prepared) {
      if (!current.ok) return current;
      current = convert(current.value, read);
    }
    return current;
  };
}

function prepareConverter(converter: Converter): Convert {
  switch (converter.kind) {
    case 'first_of':
      return (value, read) => good([value, ...converter.sources.map(read)].find((one) => !isEmpty(one)));
    case 'concat':
      return (value, read) => {
        const all = [value, ...converter.sources.map(read)].filter((one) => !isEmpty(one));
        return good(all.map(toText).join(converter.separator));
      };
    case 'split':
      return eachText((text) => partOf(text.split(converter.on), converter.part)?.trim() ?? '');
    case 'pick':
      return (value) => good(Array.isArray(value) ? partOf(value as unknown[], converter.part) : value);
    case 'join':
      return (value) => good(Array.isArray(value) ? value.map(toText).join(converter.separator) : value);
    case 'count':
      return (value) => good(Array.isArray(value) ? value.length : isEmpty(value) ? 0 : 1);
    case 'map_values':
      return prepareValueMap(converter.entries, converter.otherwise);
    case 'date':
      return prepareDate(converter.format);
    case 'trim':
      return eachText((text) => text.trim());
    case 'lower':
      return eachText((text) => text.toLowerCase());
    case 'upper':
      return eachText((text) => text.toUpperCase());
    case 'capitalize':
      return eachText((text) => text.charAt(0).toUpperCase() + text.slice(1));
  }
}

function prepareValueMap(entries: readonly { from: string; to: string }[], otherwise: Otherwise): Convert {
  const ranks = new Map<string, number>();
  for (const [rank, { from }] of entries.entries()) {
    const key = keyOf(from);
    if (!ranks.has(key)) ranks.set(key, rank);
  }
  return (value) => {
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    const found = values.flatMap((one) => ranks.get(keyOf(one)) ?? []);
    if (found.length > 0) return good(entries[Math.min(...found)]?.to);
    if (otherwise.kind === 'keep') return good(value);
    if (otherwise.kind === 'empty') return good(null);
    if (otherwise.kind === 'value') return good(otherwise.value);
    return {
      ok: false,
      reason: isEmpty(value)
        ? 'it is empty, and the value map has nothing for that'
        : `the value map does not know ${quote(value)}`,
    };
  };
}

function prepareDate(format: string): Convert {
  const read = prepareDateFormat(format);
  return (value) => {
    if (isEmpty(value)) return good(null);
    const date = read(value);
    return date === undefined ? { ok: false, reason: `${quote(value)} is no date as ${format}` } : good(date);
  };
}

/** Of a list, each entry. Empty values stay empty. */
function eachText(change: (text: string) => string): Convert {
  return (value) => {
    if (isEmpty(value)) return good(null);
    return good(Array.isArray(value) ? value.map((one) => change(toText(one))) : change(toText(value)));
  };
}

const partOf = <T>(list: readonly T[], part: number): T | undefined => list.at(part > 0 ? part - 1 : part);

const keyOf = (value: unknown): string => (isEmpty(value) ? '' : toText(value).trim().toLowerCase());

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
