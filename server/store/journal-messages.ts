import { AppError, type ErrorCode } from '#domain/errors';
import type { StepRow, Transition } from '#engine/ports';

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

type PackedStep = (string | number | null)[];
/** A transition without its keys: they would travel with every step and cost as much as the values. */
export type Packed = [Omit<Transition, 'steps'>, PackedStep[]];

const columns = [
  'n',
  'block',
  'status',
  'exit',
  'attempts',
  'startedAt',
  'durationMs',
  'note',
  'error',
  'request',
  'answer',
  'changes',
] as const satisfies (keyof StepRow)[];

export function pack({ steps, ...rest }: Transition): Packed {
  return [rest, steps.map((step) => columns.map((column) => step[column]))];
}

export function unpack([rest, steps]: Packed): Transition {
  const toStep = (values: PackedStep) => Object.fromEntries(columns.map((column, i) => [column, values[i]]));
  return { ...rest, steps: steps.map(toStep) as unknown as StepRow[] };
}
