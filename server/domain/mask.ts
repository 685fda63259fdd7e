import { mayBeEscaped, readEscapes, type Spellings, spellingsOf } from './secret-spellings.ts';

/** What stands in place of a secret. */
export const masked = '•••';

const sensitiveHeader = /authorization|cookie|token|secret|password|api-?_?key|session|signature|credential/i;

/**
 * Replaces every occurrence of each secret in text, anywhere in a structure, by `•••`: as it is, percent-encoded,
 * as JSON text, in hex, in base64 (also inside a longer base64 text such as `user:secret`), and with any of its
 * characters escaped. Secrets shorter than six characters are left. Gives a new structure.
 */
export function maskSecrets<T>(value: T, secrets: readonly string[]): T {
  const spellings = spellingsOf(secrets);
  return spellings === null ? value : (maskValue(value, spellings) as T);
}

/** Whether a text holds one of the secrets, in any spelling. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  const spellings = spellingsOf(secrets);
  if (spellings === null) return false;
  return holds(text, spellings) || (mayBeEscaped(text) && holds(readEscapes(text), spellings));
}

/** Replaces the values of headers that carry credentials by `•••`. */
export function maskHeaders<T extends string | readonly string[] | undefined>(
  headers: Readonly<Record<string, T>>,
): Record<string, T | string> {
  const entries = Object.entries(headers).map(([name, value]): [string, T | string] => [
    name,
    sensitiveHeader.test(name) && value !== undefined ? masked : value,
  ]);
  return Object.fromEntries(entries);
}

function maskValue(value: unknown, spellings: Spellings): unknown {
  if (typeof value === 'string') return maskText(value, spellings);
  if (typeof value === 'number') return maskNumber(value, spellings);
  if (Array.isArray(value)) return value.map((entry: unknown) => maskValue(entry, spellings));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [maskText(key, spellings), maskValue(entry, spellings)]),
  );
}

function maskText(text: string, spellings: Spellings): string {
  let result = text;
  for (const form of spellings.forms) if (result.includes(form)) result = result.replaceAll(form, masked);
  const isEscaped = mayBeEscaped(result) && holds(readEscapes(result), spellings);
  return isEscaped ? result.replace(spellings.escaped, masked) : result;
}

function maskNumber(value: number, spellings: Spellings): unknown {
  const text = String(value);
  const result = maskText(text, spellings);
  return result === text ? value : result;
}

const holds = (text: string, { anyForm }: Spellings): boolean => anyForm.test(text);

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
