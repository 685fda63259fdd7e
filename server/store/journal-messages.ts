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

type PackedStep = [
  n: number,
  block: string,
  status: StepRow['status'],
  exit: string | null,
  attempts: number,
  startedAt: number,
  durationMs: number,
  note: string | null,
  error: string | null,
  request: string | null,
  answer: string | null,
  changes: string | null,
];

/** A transition without the keys of its steps: they would travel with every step and cost as much as the values. */
export type Packed = [Omit<Transition, 'steps'>, PackedStep[]];

export function pack({ steps, ...rest }: Transition): Packed {
  return [rest, steps.map(packStep)];
}

export function unpack([rest, steps]: Packed): Transition {
  return { ...rest, steps: steps.map(unpackStep) };
}

function packStep(step: StepRow): PackedStep {
  return [
    step.n,
    step.block,
    step.status,
    step.exit,
    step.attempts,
    step.startedAt,
    step.durationMs,
    step.note,
    step.error,
    step.request,
    step.answer,
    step.changes,
  ];
}

function unpackStep(values: PackedStep): StepRow {
  const [n, block, status, exit, attempts, startedAt, durationMs, note, error, request, answer, changes] =
    values;
  return { n, block, status, exit, attempts, startedAt, durationMs, note, error, request, answer, changes };
}
