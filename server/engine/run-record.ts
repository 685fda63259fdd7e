import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { RecordCounts, StepChange } from '../domain/run.ts';
import { assignValues } from './assign.ts';
import type { Call, Decision, Done } from './block.ts';
import type { Counts } from './counts.ts';
import { toAnswerText, toIntentText, toRequestText } from './evidence.ts';
import { toOutcome } from './outcome.ts';
import type { Plan, PlanBlock } from './plan.ts';
import type {
  Clock,
  LoadRunner,
  NewNotification,
  RecordChange,
  RecordRow,
  RecordState,
  RunRow,
  RunStore,
  StepRow,
  Subject,
  Transition,
  VendorClient,
} from './ports.ts';
import { nextAttemptMs } from './retry.ts';
import { toVariables } from './variables.ts';

export interface RunDeps {
  store: RunStore;
  client: VendorClient;
  loads: LoadRunner;
  clock: Clock;
  /** From 0 up to 1. */
  random(): number;
}

/** One run while this process works on it. */
export interface ActiveRun {
  row: RunRow;
  plan: Plan;
  fields: readonly Field[];
  counts: Counts;
  /** Names that vendors give to ids, by `vendor/id`; read when the records are chosen. */
  names: ReadonlyMap<string, string>;
  /** What templates know as `run`. */
  about: Readonly<Record<string, unknown>>;
  /** Records by status, once all of them are done; templates find them under `run` too. */
  sums: RecordCounts | null;
  /** Aborted when the run is cancelled, when the server stops, or when the journal cannot be written. */
  signal: AbortSignal;
  /** The newest write that nobody waited for; commits keep their order, so after it all others are done. */
  lastWrite: Promise<void>;
  /** How many such writes are under way. */
  behind: number;
  /** What became of its records, once it has ended. */
  ended: RecordCounts | null;
  /** Something was committed. */
  changed(): void;
  /** The journal cannot be written: nothing more may be sent. */
  broke(error: unknown): void;
}

const mostBehind = 256;

type StepState = Pick<StepRow, 'startedAt' | 'attempts' | 'request' | 'answer'>;
type Ended = 'done' | 'parked' | 'halted';

/**
 * Leads one record along its path until it ends, is parked, or the run halts: take the step, decide, effect, record,
 * follow the exit. `level` is `run` for record 0, which stops where the blocks for each record begin.
 *
 * What is read needs no commit of its own: steps gather and are written together. Before any call that is not a read
 * its intent is committed, and its outcome is handed to the journal before the next thing is waited for.
 */
export async function runRecord(
  row: RecordRow,
  subject: Subject,
  level: 'run' | 'record',
  run: ActiveRun,
  deps: RunDeps,
): Promise<RecordState> {
  const { plan, counts, signal } = run;
  const { clock, store } = deps;
  const state: RecordState = {
    ...row,
    pending: [...row.pending],
    variables: { ...row.variables },
    status: 'running',
  };
  let record = subject;
  let steps: StepRow[] = [];
  let changes: RecordChange[] = [];
  let notifications: NewNotification[] = [];
  let taken: { block: string; exit: string }[] = [];
  let hasOutcome = false;
  /** As templates see the record; made again when something has changed. */
  let variables: Record<string, unknown> | undefined;

  /** Hands everything gathered to the journal; resolves after the commit. */
  async function write(): Promise<void> {
    const written = taken;
    const transition: Transition = {
      run: run.row.key,
      fence: run.row.fence,
      runId: run.row.id,
      at: clock.now(),
      record: { ...state, pending: [...state.pending] },
      steps,
      changes,
      notifications,
    };
    steps = [];
    changes = [];
    notifications = [];
    taken = [];
    hasOutcome = false;
    try {
      await store.append(transition);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict' || transition.changes.length === 0)
        throw error;
      await failRecord(transition, error);
    }
    for (const { block, exit } of written) counts.exit(block, exit);
    run.changed();
  }

  /** A value that another record has already (a unique field) fails the record that set it, never the run. */
  async function failRecord(transition: Transition, reason: AppError): Promise<never> {
    Object.assign(state, { status: 'failed', error: reason.message, pending: [], finishedAt: clock.now() });
    const last = transition.steps.findLast((step) => step.changes !== null);
    const kept = transition.steps.filter((step) => step.status !== 'sending');
    const told = kept.map((step) =>
      step === last ? { ...step, status: 'failed' as const, error: reason.message } : step,
    );
    await store.append({ ...transition, record: { ...state }, steps: told, changes: [] });
    throw new RecordFailed();
  }

  /**
   * Gives what is known to the journal without waiting for the commit, so that an outcome is not lost while the next
   * thing takes its time. Changed values are waited for: another record may have a unique one already.
   */
  async function handOver(): Promise<void> {
    if (changes.length > 0) return write();
    run.behind += 1;
    const written = write()
      .catch(run.broke)
      .finally(() => {
        run.behind -= 1;
      });
    run.lastWrite = written;
    // A journal that cannot keep up sets the pace, so that what waits for it does not fill the memory.
    if (run.behind > mostBehind) await written;
  }

  async function runStep(block: PlanBlock): Promise<Ended> {
    const step: StepState = { startedAt: clock.now(), attempts: 1, request: null, answer: null };
    const decision = decide(block, {
      now: step.startedAt,
      subject: record,
      names: run.names,
      variables: variablesNow(),
    });

    if (decision.kind === 'done') return finishStep(block, decision, step);
    if (decision.kind === 'load') {
      if (hasOutcome) await handOver();
      const load = await deps.loads.run(decision.integrationId, run.row.startedBy, signal);
      if (signal.aborted) return 'halted';
      return finishStep(block, decision.conclude(load), step);
    }
    return call(block, decision, step);
  }

  /** Sums are there for the run alone: a record must not decide by how far the others have got. */
  function variablesNow(): Record<string, unknown> {
    if (level === 'run') {
      const own = { ...state.variables, blocks: counts.toVariables() };
      return toVariables(record, own, { ...run.about, ...run.sums });
    }
    variables ??= toVariables(record, state.variables, run.about);
    return variables;
  }

  async function call(
    block: PlanBlock,
    { call, vendor, rule, attempts, conclude }: Call,
    step: StepState,
  ): Promise<Ended> {
    const isRead = call.class === 'read';
    for (; ; step.attempts += 1) {
      if (isRead) {
        if (hasOutcome) await handOver();
      } else {
        step.request = toIntentText(call);
        steps.push(toRow(block, 'sending', step));
        await write();
        if (signal.aborted) return withdraw(block, step);
      }

      const sent = await deps.client.send(call, signal);
      const now = clock.now();
      const outcome = toOutcome(sent.reply, rule, call.class, vendor, now);
      step.request = toRequestText(sent);
      step.answer = toAnswerText(sent, outcome);
      hasOutcome = !isRead;
      if (outcome.kind === 'unknown') return park(block, step, outcome.message);

      const waitMs = nextAttemptMs(call.class, outcome, step.attempts, attempts, deps.random());
      if (waitMs === null) return finishStep(block, conclude(outcome), step);
      if (outcome.kind === 'rate_limited') deps.client.pause(call.credential, waitMs);
      steps.push({ ...toRow(block, 'waiting', step), error: outcome.message });
      await handOver();
      await clock.sleep(waitMs, signal);
      if (signal.aborted) return 'halted';
    }
  }

  /** The run halted between the intent and the call: nothing was sent, and the journal says so. */
  function withdraw(block: PlanBlock, step: StepState): Ended {
    steps.push({ ...toRow(block, 'waiting', step), note: 'Not sent: the run stopped first.' });
    hasOutcome = true;
    return 'halted';
  }

  function park(block: PlanBlock, step: StepState, reason: string): Ended {
    steps.push({ ...toRow(block, 'needs_attention', step), error: reason });
    state.status = 'needs_attention';
    state.error = `${block.name}: ${reason}`;
    counts.park(block.id);
    return 'parked';
  }

  function finishStep(block: PlanBlock, decided: Done, step: StepState): Ended {
    let done = decided;
    const made: StepChange[] = Object.entries(done.variables ?? {}).map(([field, after]) => ({
      record: 'variable' as const,
      field,
      before: state.variables[field] ?? null,
      after,
    }));
    const assigned = assignValues(done.assign ?? [], record, run.fields);
    if (assigned.ok) {
      record = assigned.subject;
      changes.push(...assigned.changes);
      made.push(...assigned.changes);
    } else {
      done = {
        ...done,
        exit: block.exits.has('failure') ? 'failure' : done.exit,
        error: done.error ?? assigned.reason,
      };
    }
    Object.assign(state.variables, done.variables);
    if (made.length > 0 || block.keepsResponse) variables = undefined;
    if (block.keepsResponse) {
      const kept = state.variables.steps as Record<string, unknown> | undefined;
      state.variables.steps = { ...kept, [block.id]: { response: done.response ?? null } };
    }
    if (done.notification)
      notifications.push({ ...done.notification, link: done.notification.link ?? `/runs/${run.row.id}` });

    const row = toRow(block, done.error === undefined ? 'succeeded' : 'failed', step);
    const changed =
      made.length === 0
        ? null
        : JSON.stringify(
            made.map(({ record: of, field, before, after }) => ({ record: of, field, before, after })),
          );
    steps.push({
      ...row,
      exit: done.exit,
      note: done.note ?? null,
      error: done.error ?? null,
      changes: changed,
    });
    state.steps += 1;
    taken.push({ block: block.id, exit: done.exit });

    const next = block.next.get(done.exit) ?? [];
    state.pending.shift();
    for (const target of next) state.pending.push(target.id);
    // A failure that leads somewhere is dealt with there; one that leads nowhere is the record's own.
    if (done.error !== undefined && next.length === 0) state.error ??= `${block.name}: ${done.error}`;
    return 'done';
  }

  function toRow(block: PlanBlock, status: StepRow['status'], step: StepState): StepRow {
    return {
      n: state.steps + 1,
      block: block.id,
      status,
      exit: null,
      attempts: step.attempts,
      startedAt: step.startedAt,
      durationMs: clock.now() - step.startedAt,
      note: null,
      error: null,
      request: step.request,
      answer: step.answer,
      changes: null,
    };
  }

  try {
    const ended = await follow();
    if (ended === 'done' && state.pending.length === 0) {
      state.status = state.error === null ? 'succeeded' : 'failed';
      state.finishedAt = clock.now();
    }
    // Nothing depends on the commit of the last steps: the next record may begin meanwhile.
    if (ended !== 'halted' || steps.length > 0) await handOver();
  } catch (error) {
    if (!(error instanceof RecordFailed)) throw error;
  }
  return state;

  async function follow(): Promise<Ended> {
    while (state.pending.length > 0) {
      const block = plan.blocks.get(state.pending[0]!);
      if (!block) throw new AppError('internal', `The version has no block "${state.pending[0]}".`);
      if (level === 'run' && block.level === 'record' && run.row.phase === 'begin') return 'done';
      if (level === 'record' && block.isAtEnd) {
        state.pending.shift();
        continue;
      }
      if (signal.aborted) return 'halted';
      counts.enter(block.id);
      const ended = await runStep(block).finally(() => counts.leave(block.id));
      if (ended !== 'done') return ended;
    }
    return 'done';
  }
}

/** The record has failed and says so in the journal; nothing more happens to it. */
class RecordFailed extends Error {}

/** A block that throws is a mistake of ours: the record takes the blame in words and the run goes on. */
function decide(block: PlanBlock, context: Parameters<PlanBlock['decide']>[0]): Decision {
  try {
    return block.decide(context);
  } catch (error) {
    const reason =
      error instanceof AppError
        ? error.message
        : `The block failed in a way nobody foresaw: ${String(error)}`;
    return { kind: 'done', exit: block.exits.has('failure') ? 'failure' : 'error', error: reason };
  }
}
