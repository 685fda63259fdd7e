/** What stands in place of a secret. */
export const masked = '•••';

const shortestSecret = 6;
const sensitiveHeader = /authorization|cookie|token|secret|password|api-?_?key|session|signature|credential/i;

/**
 * Replaces every occurrence of each secret in text, anywhere in a structure, by `•••`: as it is, percent-encoded,
 * as JSON text, and in base64 (also inside a longer base64 text such as `user:secret`). Secrets shorter than six
 * characters are left, because they would blank out ordinary words. Gives a new structure.
 */
export function maskSecrets<T>(value: T, secrets: readonly string[]): T {
  const forms = formsOf(secrets);
  if (forms.length === 0) return value;
  return maskValue(value, forms) as T;
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

function maskValue(value: unknown, forms: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(value, forms);
  if (typeof value === 'number') return maskNumber(value, forms);
  if (Array.isArray(value)) return value.map((entry: unknown) => maskValue(entry, forms));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [maskText(key, forms), maskValue(entry, forms)]),
  );
}

function maskText(text: string, forms: readonly string[]): string {
  let result = text;
  for (const form of forms) if (result.includes(form)) result = result.replaceAll(form, masked);
  return result;
}

function maskNumber(value: number, forms: readonly string[]): unknown {
  const text = String(value);
  const result = maskText(text, forms);
  return result === text ? value : result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a text holds one of the secrets, in any spelling. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return formsOf(secrets).some((form) => text.includes(form));
}

// The same list comes with every call of a credential; its spellings are worked out once.
const known = new WeakMap<readonly string[], readonly string[]>();

function formsOf(secrets: readonly string[]): readonly string[] {
  const seen = known.get(secrets);
  if (seen) return seen;
  const forms = spellingsOf(secrets);
  known.set(secrets, forms);
  return forms;
}

/** Every spelling of every secret, longest first so that a part never spoils the whole. */
function spellingsOf(secrets: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    const well = secret.toWellFormed();
    const percent = encodeURIComponent(well);
    forms.add(secret);
    forms.add(JSON.stringify(secret).slice(1, -1));
    forms.add(percent);
    forms.add(percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
    forms.add(percent.replaceAll('%20', '+'));
    forms.add(new URLSearchParams({ s: well }).toString().slice(2));
    for (const form of base64Forms(well)) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/**
 * The whole base64 text, and for each of the three alignments the characters that depend on the secret alone:
 * those are found inside the base64 of a longer text.
 */
function base64Forms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const forms = [toBase64(bytes)];
  for (const shift of [0, 1, 2]) {
    const shifted = new Uint8Array(shift + bytes.length);
    shifted.set(bytes, shift);
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor((shifted.length * 8) / 6);
    forms.push(toBase64(shifted).slice(from, to));
  }
  return forms.flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
    encodeURIComponent(form),
  ]);
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
