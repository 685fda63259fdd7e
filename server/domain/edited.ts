import { AppError } from './errors.ts';
import { isSameValue } from './value.ts';

/** Values by name, and how people call each of them in a sentence. */
type Values = Readonly<Record<string, unknown>>;
type Words = Readonly<Record<string, string>>;

/**
 * What somebody who saw the values `was` means to change: values that they sent back as they were are left out. Throws
 * `conflict` for a value that somebody else has changed meanwhile to something third. Without `was` all is meant.
 */
export function editedOnly<T extends Values>(
  change: T,
  was: Values | undefined,
  now: Values,
  words: Words,
): T {
  if (was === undefined) return change;
  const isMeant = ([name, value]: [string, unknown]) => !(name in was) || !isSameValue(value, was[name]);
  const meant = Object.fromEntries(Object.entries(change).filter(isMeant));
  checkUntouched(meant, was, now, words);
  return meant as T;
}

/** Throws `conflict` for a value of the change that is not as it was any more, nor as it is to be. */
export function checkUntouched(change: Values, was: Values | undefined, now: Values, words: Words): void {
  for (const name in was) {
    if (!(name in change) || isSameValue(now[name], was[name]) || isSameValue(now[name], change[name]))
      continue;
    const why = `Somebody else changed ${words[name] ?? name} while you were editing. Cancel to see what is there now, then make your change again.`;
    throw new AppError('conflict', why, { place: name });
  }
}
