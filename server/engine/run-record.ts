import { AppError } from '../domain/errors.ts';
import type { StepChange } from '../domain/run.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import { assignValues } from './assign.ts';
import type { Call, Decision, Done, StartLoad } from './block.ts';
import { toAnswerText, toIntentText, toRequestText } from './evidence.ts';
import { toOutcome } from './outcome.ts';
import type { PlanBlock } from './plan.ts';
import type { RecordRow, RecordState, StepRow, Subject } from './ports.ts';
import { openRecordJournal, RecordFailed } from './record-journal.ts';
import { nextAttemptMs } from './retry.ts';
import { toVariables } from './variables.ts';

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
  const { clock } = deps;
  const state: RecordState = {
    ...row,
    pending: [...row.pending],
    variables: { ...row.variables },
    status: 'running',
  };
  const journal = openRecordJournal(run, state, deps);
  let record = subject;
  /** As templates see the record; made again when something has changed. */
  let variables: Record<string, unknown> | undefined;

  /** At once where nothing is waited for. */
  function runStep(block: PlanBlock): Ended | Promise<Ended> {
    const step: StepState = { startedAt: clock.now(), attempts: 1, request: null, answer: null };
    const decision = decide(block, {
      now: step.startedAt,
      subject: record,
      names: run.names,
      variables: variablesNow(),
    });

    if (decision.kind === 'done') return finishStep(block, decision, step);
    return decision.kind === 'load' ? load(block, decision, step) : call(block, decision, step);
  }

  async function load(block: PlanBlock, { integrationId, conclude }: StartLoad, step: StepState) {
    if (journal.hasOutcome) await journal.handOver();
    const loaded = await deps.loads.run(integrationId, run.row.startedBy, signal);
    return signal.aborted ? 'halted' : finishStep(block, conclude(loaded), step);
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
        if (journal.hasOutcome) await journal.handOver();
      } else {
        step.request = toIntentText(call);
        journal.steps.push(toRow(block, 'sending', step));
        await journal.write();
        if (signal.aborted) return withdraw(block, step);
      }

      const sent = await deps.client.send(call, signal);
      const now = clock.now();
      const outcome = toOutcome(sent.reply, rule, call.class, vendor, now);
      step.request = toRequestText(sent);
      step.answer = toAnswerText(sent, outcome);
      journal.hasOutcome = !isRead;
      if (outcome.kind === 'unknown') return park(block, step, outcome.message);

      const waitMs = nextAttemptMs(call.class, outcome, step.attempts, attempts, deps.random());
      if (waitMs === null) return finishStep(block, conclude(outcome), step);
      journal.steps.push({ ...toRow(block, 'waiting', step), error: outcome.message });
      await journal.handOver();
      await clock.sleep(waitMs, signal);
      if (signal.aborted) return 'halted';
    }
  }

  /** The run halted between the intent and the call: nothing was sent, and the journal says so. */
  function withdraw(block: PlanBlock, step: StepState): Ended {
    journal.steps.push({ ...toRow(block, 'waiting', step), note: 'Not sent: the run stopped first.' });
    journal.hasOutcome = true;
    return 'halted';
  }

  function park(block: PlanBlock, step: StepState, reason: string): Ended {
    journal.steps.push({ ...toRow(block, 'needs_attention', step), error: reason });
    state.status = 'needs_attention';
    state.error = `${block.name}: ${reason}`;
    counts.park(block.id);
    return 'parked';
  }

  function finishStep(block: PlanBlock, decided: Done, step: StepState): Ended {
    let done = decided;
    const made: StepChange[] = [];
    for (const [field, after] of Object.entries(done.variables ?? {})) {
      made.push({ record: 'variable', field, before: state.variables[field] ?? null, after });
    }
    const assigned = assignValues(done.assign ?? [], record, run.fields);
    if (assigned.ok) {
      record = assigned.subject;
      for (const change of assigned.changes) {
        const { record: of, field, before, after } = change;
        journal.changes.push(change);
        made.push({ record: of, field, before, after });
      }
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
    if (done.notification) {
      const { link } = done.notification;
      journal.notifications.push({ ...done.notification, link: link ?? `/runs/${run.row.id}` });
    }

    const row = toRow(block, done.error === undefined ? 'succeeded' : 'failed', step);
    row.exit = done.exit;
    row.note = done.note ?? null;
    row.error = done.error ?? null;
    row.changes = made.length === 0 ? null : JSON.stringify(made);
    journal.steps.push(row);
    state.steps += 1;
    journal.taken.push({ block: block.id, exit: done.exit });

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
    if (ended !== 'halted' || journal.steps.length > 0) await journal.handOver();
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
      try {
        const step = runStep(block);
        const ended = step instanceof Promise ? await step : step;
        if (ended !== 'done') return ended;
      } finally {
        counts.leave(block.id);
      }
    }
    return 'done';
  }
}

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
