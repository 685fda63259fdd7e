import { AppError } from '#domain/errors';

/** The command was called in a way that it does not know. */
export const wrongUse = (message: string): AppError => new AppError('invalid', message, { place: 'usage' });

/** What `parseArgs` gives; what it refuses is said with how the command is used. */
export function parseUse<T>(usage: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new AppError('invalid', `${(cause as Error).message}. ${usage}`, { place: 'usage', cause });
  }
}
