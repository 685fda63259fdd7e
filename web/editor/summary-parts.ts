/** What a card says of its block, in one line. */
export type Summary = {
  text: string;
  /** Set in the monospace face: a method and a path. */
  isCode?: boolean;
  /** Says what is still to be chosen. */
  isMissing?: boolean;
};

export type Settings = Record<string, unknown>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `a`, `a and b`, `a, b and 3 more`. */
export function namesOf(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}
