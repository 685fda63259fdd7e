import type { BlockCounts, Exit, RecordCounts, Run, RunRecord, RunWait, Step } from '#contract';
import { countOf, toDurationText, toNumberText } from '../../ui/words.ts';

const withoutRecords: Partial<Record<Run['status'], string>> = {
  queued: 'Choosing records…',
  running: 'Choosing records…',
  waiting: 'Waiting before any record is chosen',
  failed: 'It stopped before any record was chosen',
  cancelled: 'Cancelled before any record was chosen',
};

/** How far a run is, such as `612 of 1,000 done · 87 failed`. */
export function progressWords(run: Pick<Run, 'counts' | 'status'>): string {
  const { counts, status } = run;
  if (counts.total === 0) return withoutRecords[status] ?? 'No record matched';
  const parts = [
    `${toNumberText(finishedCount(counts))} of ${toNumberText(counts.total)} done`,
    counts.failed > 0 ? `${toNumberText(counts.failed)} failed` : '',
    counts.needs_attention > 0 ? `${toNumberText(counts.needs_attention)} in need of attention` : '',
    counts.skipped > 0 ? `${toNumberText(counts.skipped)} skipped` : '',
    counts.cancelled > 0 ? `${toNumberText(counts.cancelled)} cancelled` : '',
    counts.waiting > 0 ? `${toNumberText(counts.waiting)} waiting` : '',
    counts.running > 0 ? `${toNumberText(counts.running)} running` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Records that came to an end of their own; what was cancelled did not. */
export const finishedCount = ({ total, queued, running, waiting, cancelled }: RecordCounts): number =>
  total - queued - running - waiting - cancelled;

/** What some records of a run wait for, such as `3 records wait until 22 Nov, 08:00:00`. */
export function waitWords({ count, until, held }: RunWait): string {
  if (held) return `${countOf(count, 'record')} held: ${held.sentence}`;
  const time = until === null ? 'be released' : clockWords(until);
  if (count === 1) return `1 record waits ${until === null ? 'to' : 'until'} ${time}`;
  return `${toNumberText(count)} records wait, the first until ${time}`;
}

/** Why one record waits, or until when. */
export function recordWaitWords({ until, held }: NonNullable<RunRecord['waits']>): string {
  const time = until === null ? '' : `until ${clockWords(until)}`;
  if (!held) return `Waits ${time}`;
  return time === '' ? held.sentence : `${held.sentence} At most ${time}.`;
}

export type BlockState = 'running' | 'done' | 'untouched';

export function stateOfBlock(counts: BlockCounts[string] | undefined): BlockState {
  if (!counts) return 'untouched';
  if (counts.active > 0) return 'running';
  return leftCount(counts) + counts.waiting + counts.needsAttention > 0 ? 'done' : 'untouched';
}

/** How often a block came to an end. */
export const leftCount = (counts: BlockCounts[string] | undefined): number =>
  Object.values(counts?.exits ?? {}).reduce((sum, count) => sum + count, 0);

/** The blocks and the exits that a record went through; exits are spelled `block.exit`. */
export function pathOf(record: Pick<RunRecord, 'path'>): { blocks: Set<string>; exits: Set<string> } {
  return {
    blocks: new Set(record.path.map((part) => part.block)),
    exits: new Set(record.path.flatMap(({ block, exit }) => (exit === null ? [] : [`${block}.${exit}`]))),
  };
}

/** Where a record is or ended, such as `Delete User, Failure`. */
export function placeWords(
  record: Pick<RunRecord, 'path'>,
  nameOf: (block: string) => string,
  exitOf: (block: string, exit: string) => Exit,
): string {
  const last = record.path.at(-1);
  if (!last) return '';
  return last.exit === null || last.exit === 'end'
    ? nameOf(last.block)
    : `${nameOf(last.block)}, ${exitOf(last.block, last.exit).label}`;
}

/** When a step began, how long it took and how often it was tried, such as `12:03:04`, `took 63 s`, `3 attempts`. */
export function timingWords({ startedAt, durationMs, attempts, answer }: Step): string[] {
  const took = toDurationText(durationMs);
  const ofIt = answer && attempts > 1 ? `, the last answer after ${toDurationText(answer.durationMs)}` : '';
  return [clockWords(startedAt), `took ${took}${ofIt}`, attempts > 1 ? `${attempts} attempts` : ''].filter(
    Boolean,
  );
}

/** A short exact time, with the date where it is not today and the year where it is another. */
export function clockWords(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const time = at.toLocaleTimeString('en-GB');
  const isThisYear = at.getFullYear() === now.getFullYear();
  return at.toDateString() === now.toDateString()
    ? time
    : `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) })}, ${time}`;
}
