import { AppError, type ErrorCode } from '#domain/errors';
import type { RecordState, StepRow, Transition } from '#engine/journal-ports';
import type { RunEnd } from '#engine/run-store-ports';

/** A write on its way to the writing thread. */
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

/** A transition as it is written: what is kept as JSON is text already, so nothing of it can change on the way. */
export interface WrittenTransition extends Omit<Transition, 'record'> {
  record: Omit<RecordState, 'pending' | 'variables'> & { pending: string; variables: string };
}

/** The end of a run as it is written. */
export interface WrittenEnd extends Omit<RunEnd, 'blocks'> {
  blocks: string | null;
}

/** A transition as one flat list: keys and nested lists would cost more on the way than the values do. */
export type Packed = unknown[];

const headLength = 16;
const stepLength = 14;

export function pack({
  run,
  fence,
  runId,
  at,
  record,
  steps,
  changes,
  notifications,
  reserve,
  release,
}: WrittenTransition): Packed {
  const { n, status, pending, steps: count, variables, error, waits, finishedAt } = record;
  const more = [changes.length === 0 ? null : changes, notifications.length === 0 ? null : notifications];
  const packed: Packed = [
    run,
    fence,
    runId,
    at,
    n,
    status,
    pending,
    count,
    variables,
    error,
    waits,
    finishedAt,
    ...more,
  ];
  packed.push(reserve, release);
  for (const step of steps) {
    const { block, exit, attempts, startedAt, durationMs, note, request, answer } = step;
    packed.push(step.n, block, step.status, exit, attempts, startedAt, durationMs);
    packed.push(note, step.error, request, answer, step.changes, step.effect, step.before);
  }
  return packed;
}

export function unpack(packed: Packed): WrittenTransition {
  const [run, fence, runId, at, n, status, pending, count, variables, error, waits, finishedAt] = packed as [
    number,
    number,
    string,
    number,
    number,
    RecordState['status'],
    string,
    number,
    string,
    string | null,
    RecordState['waits'],
    number | null,
  ];
  const [changes, notes, reserve, release] = packed.slice(12, headLength) as [
    Transition['changes'] | null,
    Transition['notifications'] | null,
    Transition['reserve'],
    Transition['release'],
  ];
  const record = { n, status, pending, steps: count, variables, error, waits, finishedAt };
  const steps: StepRow[] = [];
  for (let i = headLength; i < packed.length; i += stepLength) steps.push(unpackStep(packed, i));
  const rest = { changes: changes ?? [], notifications: notes ?? [], reserve, release };
  return { run, fence, runId, at, record, steps, ...rest };
}

function unpackStep(packed: Packed, start: number): StepRow {
  const [n, block, status, exit, attempts, startedAt, durationMs, note, error, request, answer, changes] =
    packed.slice(start, start + stepLength) as [
      number,
      string,
      StepRow['status'],
      string | null,
      number,
      number,
      number,
      string | null,
      string | null,
      string | null,
      string | null,
      string | null,
    ];
  const [effect, before] = packed.slice(start + 12, start + stepLength) as [string | null, string | null];
  const call = { request, answer, changes, effect, before };
  return { n, block, status, exit, attempts, startedAt, durationMs, note, error, ...call };
}
