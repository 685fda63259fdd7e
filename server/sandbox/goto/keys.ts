import { uuidOf } from '../random.ts';

/**
 * How keys of users are written: as texts, as bare digits beyond what a double can hold, or either, always the same for
 * the same user. The vendor has been seen to do both.
 */
export const keyStyles = ['mixed', 'strings', 'digits'] as const;
export type KeyStyle = (typeof keyStyles)[number];

// Part of JavaScript for longer than of TypeScript's description of it.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
type Reviver = (name: string, value: unknown, context: { source?: string }) => unknown;

/** A key of 19 digits, or of 29 for one in eight, the same for the same text. */
export function keyOf(text: string): string {
  const hex = uuidOf(`goto/${text}`).replaceAll('-', '');
  const isLong = Number.parseInt(hex[31]!, 16) < 2;
  return String(10n ** (isLong ? 28n : 18n) + BigInt(`0x${hex.slice(0, 14)}`));
}

/** What `JSON.stringify` writes as the key's bare digits. */
export function toDigits(key: string): unknown {
  return rawJSON(key);
}

export function toUserKey(key: string, style: KeyStyle): unknown {
  if (style === 'mixed') return Number(key.at(-1)) % 2 === 0 ? key : toDigits(key);
  return style === 'strings' ? key : toDigits(key);
}

/** Reads JSON, keeping numbers that a double cannot hold as their digits. */
export function parseLossless(text: string): unknown {
  const keepDigits: Reviver = (_name, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(source ?? '') ? source : value;
  return JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]);
}
