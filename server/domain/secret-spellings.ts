/** How a secret may be written: what is looked for, and what is taken out of a text where it stands in escapes. */
export interface Spellings {
  /** Longest first, so that a part never spoils the whole. */
  forms: readonly string[];
  /** Any of the forms: asked of every text, so it goes through a text once for all of them. */
  anyForm: RegExp;
  /** Each secret with any of its characters escaped. Searching is slow: only for texts that are known to hold one. */
  escaped: RegExp;
}

const shortestSecret = 6;

// The same list comes with every call of a credential; its spellings are worked out once.
const known = new WeakMap<readonly string[], Spellings | null>();

/**
 * The spellings of secrets, or null where there is nothing to look for. Secrets shorter than six characters are left
 * out, because they would blank out ordinary words.
 */
export function spellingsOf(secrets: readonly string[]): Spellings | null {
  const seen = known.get(secrets);
  if (seen !== undefined) return seen;
  const long = secrets.filter((secret) => secret.length >= shortestSecret);
  const forms = [...new Set(long.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const spellings = forms.length === 0 ? null : toSpellings(forms);
  known.set(secrets, spellings);
  return spellings;
}

const toSpellings = (forms: string[]): Spellings => ({
  forms,
  anyForm: new RegExp(forms.map(literally).join('|')),
  escaped: escapedPattern(forms),
});

/** Matches a text and nothing else. */
const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function formsOf(secret: string): string[] {
  const well = secret.toWellFormed();
  const percent = encodeURIComponent(well);
  const bytes = new TextEncoder().encode(well);
  const hex = Array.from(bytes, (byte) => toHex(byte, 2)).join('');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    percent,
    percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    percent.replaceAll('%20', '+'),
    new URLSearchParams({ s: well }).toString().slice(2),
    hex,
    hex.toUpperCase(),
    ...base64Forms(bytes),
  ];
}

/**
 * The whole base64 text, and for each of the three alignments the characters that depend on the secret alone:
 * those are found inside the base64 of a longer text.
 */
function base64Forms(bytes: Uint8Array): string[] {
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

/** Whether a text holds what could be a character in escapes. */
export const mayBeEscaped = (text: string): boolean =>
  text.includes('\\') || text.includes('%') || text.includes('&#');

// JSON in a string of JSON has two backslashes, and so on. A run of them is tried once, from its start, and in vain when
// it is longer than anybody writes one: a hostile vendor's megabytes of them must not hold up the server.
const slashes = '(?<!\\\\)\\\\{1,64}';
const escapes = new RegExp(
  `${slashes}(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(["'/\\\\]))|%([0-7][0-9a-f])|&#(?:x0{0,4}([0-9a-f]{1,4})|0{0,4}([0-9]{1,5}));`,
  'gi',
);

/** A text with the escapes of JSON, JavaScript, URLs and HTML read. */
export function readEscapes(text: string): string {
  return text.replace(escapes, (_, unit, byte, plain: string | undefined, percent, hex, decimal) => {
    if (plain !== undefined) return plain;
    const code = unit ?? byte ?? percent ?? hex;
    return String.fromCharCode(code === undefined ? Number(decimal) : Number.parseInt(code, 16));
  });
}

function escapedPattern(forms: readonly string[]): RegExp {
  const one = (form: string): string => form.split('').map(anySpelling).join('');
  return new RegExp(forms.map(one).join('|'), 'gi');
}

/** One character, as it is or in any of the escapes that `readEscapes` reads. */
function anySpelling(character: string): string {
  const code = character.charCodeAt(0);
  const ways = [
    `\\u${toHex(code, 4)}`,
    `${slashes}u${toHex(code, 4)}`,
    `&#x0{0,4}${code.toString(16)};`,
    `&#0{0,4}${code};`,
  ];
  if (code < 0x100) ways.push(`${slashes}x${toHex(code, 2)}`);
  if (code < 0x80) ways.push(`%${toHex(code, 2)}`);
  if (`"'/\\`.includes(character)) ways.push(`${slashes}\\u${toHex(code, 4)}`);
  return `(?:${ways.join('|')})`;
}

const toHex = (code: number, length: number): string => code.toString(16).padStart(length, '0');
