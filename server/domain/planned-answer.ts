/**
 * Stands for the answer of a call that a dry run did not make. Whatever is read of it stands for it too, and as text it
 * says where the value would come from.
 */
export class PlannedAnswer {
  readonly block: string;

  constructor(block: string) {
    this.block = block;
  }

  toString(): string {
    return `‹from ${this.block}'s answer›`;
  }

  toJSON(): string {
    return this.toString();
  }
}

const mark = /‹from ([^›]+)'s answer›/g;
// As a URL writes it: the name of a block may hold anything.
const markInUrl = /%E2%80%B9from(?:%20|\+)((?:(?!%E2%80%B9|%E2%80%BA).)+?)'s(?:%20|\+)answer%E2%80%BA/g;

/** The blocks whose answers a text needs, in order. */
export function answersNeededBy(...texts: (string | null)[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    if (text === null) continue;
    for (const [, block = ''] of readable(text).matchAll(mark)) found.add(block);
  }
  return [...found];
}

/** A URL in which such values can be read. */
export const readable = (text: string): string =>
  text.replace(markInUrl, (_all, block: string) => `‹from ${decodeURIComponent(block)}'s answer›`);
