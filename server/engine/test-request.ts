import { AppError } from '../domain/errors.ts';
import { toGlobalSpace } from '../domain/global-variable.ts';
import { maskHeaders, maskSecrets } from '../domain/mask.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { TestRequest, TestRequestInput, testSendings } from '../domain/test-request.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import type { AuditLog, Principal } from './access-ports.ts';
import { readRest } from './answer-pages.ts';
import type { BlockDefinition, Call, Done } from './block.ts';
import type { GlobalVariableStore } from './global-variable-ports.ts';
import { refuseWriteBack } from './judge-target.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import { parseSettings } from './parse-settings.ts';
import { grantPermit } from './permit.ts';
import type { Clock } from './ports.ts';
import { toPrepareContext } from './prepare.ts';
import type { RecordStore, Subject } from './subject-ports.ts';
import { toVariables } from './variables.ts';
import type { SentCall, VendorClient, Vendors } from './vendor-ports.ts';
import type { WorkflowService } from './workflow-ports.ts';

/** Requests of single blocks, tried for one record while the workflow is drawn. */
export interface TestRequests {
  /**
   * Fills in the request of a block and, where `mode` allows, sends it. Nothing is written to any record. What takes
   * something from somebody is never sent from here: only a run has the limits, the plan and the look beforehand.
   */
  make(workflowId: string, input: TestRequestInput, by: Principal, signal: AbortSignal): Promise<TestRequest>;
}

export interface TestRequestsDeps {
  workflows: Pick<WorkflowService, 'find'>;
  records: Pick<RecordStore, 'fields' | 'subjects'>;
  vendors: Vendors;
  types: ReadonlyMap<string, BlockDefinition>;
  client: VendorClient;
  globals: Pick<GlobalVariableStore, 'list'>;
  audit: AuditLog;
  clock: Clock;
}

/** What the screen gets of an answer's text; the tree of a longer one could not be used anyway. */
const maxShown = 256 * 1024;

const nothing: TestRequest = {
  issues: [],
  refusal: null,
  missing: [],
  class: null,
  does: null,
  sending: null,
  request: null,
  answer: null,
  exit: null,
  kept: [],
};

export function createTestRequests(deps: TestRequestsDeps): TestRequests {
  const { workflows, records, clock, client, audit } = deps;

  async function subjectOf(of: WorkflowRecords, recordId: string): Promise<Subject> {
    const recordType = of.kind === 'people' ? 'person' : 'saas_user';
    const subject = (await records.subjects(recordType, [recordId])).get(recordId);
    if (!subject || (of.kind === 'saas_users' && subject.saasUser?.appId !== of.appId))
      throw new AppError('not_found', 'The record does not exist any more. Choose another.');
    return subject;
  }

  return {
    async make(workflowId, input, by, signal) {
      const workflow = await workflows.find(workflowId);
      const type = deps.types.get(input.type);
      const parsed = type && parseSettings(type, input.settings);
      if (!type || !parsed) throw new AppError('invalid', `This server knows no block type "${input.type}".`);
      const toIssue = (setting: string, message: string) => ({
        severity: 'error' as const,
        block: null,
        setting,
        message,
      });
      if (!parsed.ok)
        return { ...nothing, issues: parsed.problems.map((one) => toIssue(one.setting, one.message)) };

      const fields = await records.fields();
      const surroundings = { vendors: deps.vendors, fields, records: workflow.records };
      const { context, findings } = toPrepareContext('test', surroundings);
      const decide = type.prepare(parsed.settings, context);
      const issues = findings.issues.filter(({ severity }) => severity === 'error');
      if (issues.length > 0) return { ...nothing, issues: issues.map((one) => ({ ...one, block: null })) };

      const subject = await subjectOf(workflow.records, input.recordId);
      const values = Object.fromEntries((await deps.globals.list()).map((each) => [each.name, each.value]));
      const now = clock.now();
      const about = { id: 'test', workflow: workflow.name, started_at: new Date(now).toISOString() };
      const variables = toVariables(subject, input.values, about, toGlobalSpace(values));
      const missing = findings.reads
        .map(({ variable }) => variable)
        .filter(
          (name, at, all) => all.indexOf(name) === at && isNothing(readPath(variables, parsePath(name))),
        );
      const decision = decide({ now, waitingSince: null, subject, names: new Map(), variables });
      if (decision.kind === 'done')
        return { ...nothing, missing, refusal: decision.error ?? 'The block makes no call for this record.' };
      if (decision.kind !== 'call')
        throw new AppError('invalid', 'Only a block that calls a vendor can be tested.');

      const shown = { ...nothing, missing, ...described(decision) };
      const refusal = refusalOf(decision, input.mode, by);
      if (input.mode === 'show' || refusal !== null) return { ...shown, refusal };
      const overwritten = await refuseWriteBack(
        decision,
        null,
        { signal },
        { client, clock, random: Math.random },
      );
      if (overwritten !== null) return { ...shown, refusal: overwritten };
      return send(decision, shown, { target: workflowId, recordId: input.recordId, by, signal });
    },
  };

  /** Whatever changes something is written down before it leaves, and so is what came of it. */
  async function send(
    decided: Call,
    shown: TestRequest,
    {
      target,
      recordId,
      by,
      signal,
    }: { target: string; recordId: string; by: Principal; signal: AbortSignal },
  ): Promise<TestRequest> {
    const { call, effect, rule, vendor, conclude, paging } = decided;
    const actor = `${by.name} (${by.id})`;
    const details = { recordId, method: call.method, url: call.url, class: call.class };
    await audit.add({ actor, action: 'test request', target, details });
    if (call.class !== 'read') call.permit = grantPermit(call, effect, null, () => !signal.aborted);
    const sent = await client.send({ ...call, lane: 'manual', group: target }, signal);
    const first = toOutcome(sent.reply, rule, call.class, vendor, clock.now());
    const outcome = paging
      ? await readRest(first, { ...decided, paging }, { ...deps, random: Math.random }, signal)
      : first;
    await audit.add({
      actor,
      action: 'test request answered',
      target,
      details: { ...details, outcome: outcome.kind },
    });
    const request = { ...shown.request, ...sent.request, body: readBody(sent.request.body ?? null) };
    // Nobody knows what came of it, so no exit is taken either.
    if (outcome.kind === 'unknown') return { ...shown, request, answer: toAnswer(sent, outcome) };
    const done = conclude(outcome);
    return { ...shown, request, answer: toAnswer(sent, outcome), exit: done.exit, kept: keptBy(done, sent) };
  }
}

function described({ call, effect }: Call): Pick<TestRequest, 'class' | 'does' | 'sending' | 'request'> {
  const { method, url, headers, body } = call;
  return {
    class: call.class,
    does: effect?.does ?? 'read',
    sending: sendingOf(call, effect),
    request: { method, url, headers: maskHeaders(headers), body: readBody(body) },
  };
}

function sendingOf(call: Call['call'], effect: Call['effect']): (typeof testSendings)[number] {
  if (call.class === 'read') return 'at-once';
  return effect && effect.limitKind === null && call.class !== 'destructive' ? 'after-yes' : 'never';
}

const refusals = {
  never:
    'Not sent: this takes something from somebody, so only a run may do it, with its plan, its limits and a look at the account first. Start a dry run to see what would happen.',
  yes: 'Not sent: it changes something at the vendor. Confirm it first.',
  right:
    'Not sent: it changes something at the vendor, and your role may not let workflows do that. Ask somebody who may launch them.',
};

function refusalOf(decision: Call, mode: TestRequestInput['mode'], by: Principal): string | null {
  const sending = sendingOf(decision.call, decision.effect);
  if (mode === 'show' || sending === 'at-once') return null;
  if (sending === 'never') return refusals.never;
  if (mode !== 'change') return refusals.yes;
  return by.rights.includes('workflows.launch') ? null : refusals.right;
}

function toAnswer(sent: SentCall, outcome: Outcome): TestRequest['answer'] {
  const { kind, message, status, headers, body } = outcome;
  const isCut = (JSON.stringify(body) ?? '').length > maxShown;
  const shownBody = isCut && sent.reply.kind === 'answered' ? sent.reply.body.slice(0, maxShown) : body;
  const answer = { message, headers: maskHeaders(headers), body: shownBody };
  return {
    ...maskSecrets(answer, sent.secrets),
    outcome: kind,
    status,
    isCut: isCut || (sent.reply.kind === 'answered' && sent.reply.isTooLarge),
    durationMs: Math.round(sent.durationMs),
  };
}

function keptBy({ assign = [], variables = {} }: Done, { secrets }: SentCall): TestRequest['kept'] {
  const kept: TestRequest['kept'] = [
    ...assign.map(({ record, field, value }) => ({ target: { kind: record, name: field }, value })),
    ...Object.entries(variables).map(([name, value]) => ({
      target: { kind: 'variable' as const, name },
      value,
    })),
  ];
  return maskSecrets(kept, secrets);
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** A body as what it says, so that it can be looked at. */
function readBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return body.slice(0, maxShown);
  }
}
