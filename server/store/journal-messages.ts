import { AppError, type ErrorCode } from '#domain/errors';

/** A write on its way to the journal's thread. */
export interface WriteRequest {
  id: number;
  name: string;
  args: unknown[];
}

/** What became of it. Classes do not survive the way between threads, so a failure is taken apart. */
export interface WriteReply {
  id: number;
  value?: unknown;
  failure?: { code: ErrorCode | null; message: string; place: string | undefined };
}

export function toFailure(error: unknown): NonNullable<WriteReply['failure']> {
  const isOurs = error instanceof AppError;
  return {
    code: isOurs ? error.code : null,
    message: error instanceof Error ? error.message : String(error),
    place: isOurs ? error.place : undefined,
  };
}

export function toError({ code, message, place }: NonNullable<WriteReply['failure']>): Error {
  if (code === null) return new Error(message);
  return new AppError(code, message, place === undefined ? {} : { place });
}
