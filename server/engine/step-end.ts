import type { Hold } from '../domain/guard.ts';
import type { StepChange } from '../domain/run.ts';
import { assignValues } from './assign.ts';
import type { Done, Wait } from './block.ts';
import { toOwnEffectText } from './effect.ts';
import type { Notice, StepRow } from './journal-ports.ts';
import { beginTurn, failTurn, goOn, skipTurn } from './loops.ts';
import type { PlanBlock } from './plan.ts';
import { type Ended, type RecordWork, type StepState, toStepRow } from './record-work.ts';

/** The step is over: what it made of the record is kept, and the path goes on at its exit. */
export function finishStep(
  work: RecordWork,
  block: PlanBlock,
  decided: Done,
  step: StepState,
  planned: StepRow['status'] = 'planned',
): Ended {
  const { deps, run, state, journal, isPlan } = work;
  const told = withMailServer(decided, deps.mail !== null);
  const { done, made, hasAssigned } = keepValues(work, block, told);
  if (isPlan) planOwn(done, hasAssigned, step);
  else if (done.notification) {
    const link = done.notification.link ?? `/runs/${run.row.id}`;
    journal.notifications.push(withLink({ ...done.notification, link }, deps.mail?.publicUrl));
  }

  const good = isPlan && step.effect !== null ? planned : 'succeeded';
  const row = toStepRow(work, block, done.error === undefined ? good : 'failed', step);
  row.exit = done.exit;
  row.note = done.note ?? (isPlan && done.notification ? toNotice(done.notification) : null);
  row.error = done.error ?? null;
  row.changes = made.length === 0 ? null : JSON.stringify(made);
  journal.steps.push(row);
  state.steps += 1;
  state.waits = null;
  journal.taken.push({ block: block.id, exit: done.exit });

  const next = block.next.get(done.exit) ?? [];
  const following = next.map((target) => target.id);
  if (done.exit === 'each' && block.isLoop) beginTurn(state.pending, block.id, following);
  else goOn(state.pending, following);
  // A failure that leads somewhere is dealt with there; one that leads nowhere is the record's own.
  if (done.error !== undefined && next.length === 0) {
    state.error ??= `${block.name}: ${done.error}`;
    failTurn(state);
  }
  return 'done';
}

/** Variables, fields and the response that later blocks may read. A value that cannot be set fails the step. */
function keepValues(
  work: RecordWork,
  block: PlanBlock,
  done: Done,
): { done: Done; made: StepChange[]; hasAssigned: boolean } {
  const { run, state, journal, isPlan } = work;
  const made: StepChange[] = [];
  const refusal = work.carried.refusal(block, done);
  if (refusal !== null) return { done: failed(refusal), made, hasAssigned: false };
  for (const [field, after] of Object.entries(done.variables ?? {})) {
    made.push({ record: 'variable', field, before: state.variables[field] ?? null, after });
  }
  const assigned = assignValues(done.assign ?? [], work.subject, run.fields);
  if (assigned.ok) {
    work.subject = assigned.subject;
    for (const change of assigned.changes) {
      const { record: of, field, before, after } = change;
      if (!isPlan) journal.changes.push(change);
      made.push({ record: of, field, before, after });
    }
  }
  Object.assign(state.variables, done.variables);
  if (made.length > 0 || block.keepsResponse) work.variables = undefined;
  if (block.keepsResponse) {
    const kept = state.variables.steps as Record<string, unknown> | undefined;
    state.variables.steps = { ...kept, [block.id]: { response: done.response ?? null } };
  }
  if (assigned.ok) return { done, made, hasAssigned: assigned.changes.length > 0 };
  return { done: failed(assigned.reason), made, hasAssigned: false };

  function failed(reason: string): Done {
    const exit = block.exits.has('failure') ? 'failure' : done.exit;
    return { ...done, exit, error: done.error ?? reason };
  }
}

/** What a step would do by itself, without a call. */
function planOwn(done: Done, setsFields: boolean, step: StepState): void {
  if (step.effect !== null || done.error !== undefined) return;
  if (done.notification) step.effect = toOwnEffectText('notify');
  else if (setsFields) step.effect = toOwnEffectText('set-fields');
}

/** The call waits for a person or for a time; nothing was sent. */
export function holdStep(
  work: RecordWork,
  block: PlanBlock,
  { code, sentence, until }: Hold,
  step: StepState,
): Ended {
  return waitAtStep(work, block, { until, held: { code, sentence } }, step);
}

/** Nobody works on the record until its time comes or it is released; then this block decides anew. */
export function waitAtStep(
  work: RecordWork,
  block: PlanBlock,
  { until, held, note }: Omit<Wait, 'kind'>,
  step: StepState,
): Ended {
  const { state, journal, run } = work;
  const since = state.waits?.since ?? step.startedAt;
  const row = toStepRow(work, block, 'waiting', { ...step, startedAt: since });
  journal.steps.push({ ...row, note: note ?? held?.sentence ?? null });
  state.status = 'waiting';
  state.waits = { since, wakeAt: until, held };
  run.counts.wait(block.id);
  return 'waiting';
}

/** Something must not be done to this record: its path ends here, and that is not its failure. */
export function skipStep(work: RecordWork, block: PlanBlock, reason: string, step: StepState): Ended {
  const { state, journal } = work;
  journal.steps.push({ ...toStepRow(work, block, 'skipped', step), note: reason });
  state.steps += 1;
  state.waits = null;
  work.skipped = `${block.name}: ${reason}`;
  skipTurn(state, work.skipped);
  return 'done';
}

/** The call must not be made. */
export function refuseStep(work: RecordWork, block: PlanBlock, sentence: string, step: StepState): Ended {
  const exit = block.exits.has('failure') ? 'failure' : 'error';
  return finishStep(work, block, { kind: 'done', exit, error: sentence }, step);
}

/** Nobody knows what became of the step's call: a person decides. */
export function parkStep(work: RecordWork, block: PlanBlock, step: StepState, reason: string): Ended {
  const { state, journal, run } = work;
  journal.steps.push({ ...toStepRow(work, block, 'needs_attention', step), error: reason });
  state.status = 'needs_attention';
  state.error = `${block.name}: ${reason}`;
  run.counts.park(block.id);
  return 'parked';
}

const toNotice = ({ title, message }: Notice): string => `Would tell: ${title}. ${message}`;

/** Whoever reads it in an e-mail needs the whole address of the page. */
function withLink(notice: Notice, publicUrl: string | undefined): Notice {
  const { mail, link } = notice;
  if (!mail || publicUrl === undefined) return notice;
  return { ...notice, mail: { ...mail, text: `${mail.text}\n\n${publicUrl}${link}\n` } };
}

/** An e-mail that nobody can send is a failure, not something to forget. */
function withMailServer(done: Done, hasMailServer: boolean): Done {
  if (!done.notification?.mail || hasMailServer) return done;
  const { notification: _untold, ...rest } = done;
  return { ...rest, exit: 'failure', error: noMailServer };
}

const noMailServer =
  'This server sends no e-mails. Set ROLLCALL_SMTP_URL and ROLLCALL_MAIL_FROM, or tell people in the app.';
