import { toCanonical } from '../domain/canonical.ts';
import { parseJson } from '../domain/json.ts';

/** A body that sends a whole record back with some of its values changed, as vendors want it that reset the rest. */
export interface WriteBack {
  without: ReadonlySet<string>;
  changes: ReadonlySet<string>;
}

const wholeRecord = /^\{\{change \(without \w+((?: "\w+")+)\)((?: "\w+" [\w.]+)+)\}\}$/;

/** Null for every other body. */
export function writeBackOf(body: string): WriteBack | null {
  const found = wholeRecord.exec(body.trim());
  if (!found) return null;
  const [, without = '', changes = ''] = found;
  const namesIn = (text: string): Set<string> =>
    new Set([...text.matchAll(/"(\w+)"/g)].map(([, name = '']) => name));
  return { without: namesIn(without), changes: namesIn(changes) };
}

/**
 * A value that would be written although it is neither one of the changes nor as the account has it now, by its name:
 * what somebody else changed meanwhile, or what was put into the variable. Null where there is none.
 */
export function overwrittenBy(
  { without, changes }: WriteBack,
  body: string | null,
  account: unknown,
): string | null {
  const written = toRecord(parseJson(body ?? 'null'));
  const now = toRecord(account);
  for (const name of new Set([...Object.keys(now), ...Object.keys(written)])) {
    if (changes.has(name) || (without.has(name) && !Object.hasOwn(written, name))) continue;
    if (!Object.hasOwn(written, name) || !Object.hasOwn(now, name)) return name;
    if (toCanonical(written[name]) !== toCanonical(now[name])) return name;
  }
  return null;
}

const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
