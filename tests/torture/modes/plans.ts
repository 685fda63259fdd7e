import type { PlannedEffect } from '#domain/dry-run';
import { createRandom } from '../../../server/sandbox/random.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { type Frozen, openFrozen, runOnce, writesOf } from '../world/frozen.ts';
import { leave } from '../world/open.ts';
import { randomWorkflow } from '../world/random-workflow.ts';

/** Everything that a dry run must leave as it is. */
const kept = ['people', 'saas_users', 'changes', 'notifications', 'mails', 'limit_uses', 'unique_values'];
const tellEvery = 1_000;

/** S1: dry runs of random workflows send reads only, and write nothing but what they found. */
export async function dryRuns(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const random = createRandom(1);
  const found: string[] = [];
  let reads = 0;
  let effects = 0;
  for (let i = 1; i <= rounds; i += 1) {
    const frozen = openFrozen(random, randomWorkflow(random));
    const { world, client } = frozen;
    const before = stateOf(frozen);
    const run = await runOnce(world, 'plan');
    for (const { method, url } of writesOf(client.calls)) found.push(`round ${i}: sent ${method} ${url}`);
    if (stateOf(frozen) !== before) found.push(`round ${i}: something was written`);
    if (world.reports.length > 0) found.push(`round ${i}: ${world.reports[0]}`);
    reads += client.calls.length;
    effects += Object.values((await world.plans.find(run.id)).counts).reduce((sum, count) => sum + count, 0);
    await close(frozen);
    if (i % tellEvery === 0) tell(`${i} of ${rounds} dry runs`);
  }
  if (effects === 0 || reads === 0) found.push('No dry run found anything to do, so nothing was shown.');
  const sentence = `${rounds} dry runs of random workflows: ${reads} reads, ${effects} effects planned, ${found.length} writes or other calls`;
  return toFigure('S1', sentence, found);
}

/**
 * S2: with a vendor that stays as it is, a plan and its run name the same effects, accounts, requests and values. What
 * needs the answer of a call that a plan does not make is left out: it says so itself.
 */
export async function planFidelity(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const random = createRandom(2);
  const found: string[] = [];
  let compared = 0;
  let stopped = 0;
  for (let i = 1; i <= rounds; i += 1) {
    const frozen = openFrozen(random, randomWorkflow(random, 'reads'));
    const { world, client } = frozen;
    const plan = await runOnce(world, 'plan');
    const planned: PlannedEffect[] = [];
    for await (const page of world.plans.all(plan.id)) planned.push(...page);
    client.calls.length = 0;
    const run = await runOnce(world, 'run');

    const wanted = planned
      .filter(({ skip, request }) => skip === null && request !== null)
      .map(({ request }) => requestText(request));
    const sent = writesOf(client.calls).map(({ method, url, headers, body }) =>
      requestText({ method, url, headers, ...(body === null ? {} : { body: parse(body) }) }),
    );
    // Too many refusals stop a workflow in the middle, which no plan foresees: then it does less, and nothing else.
    const isStopped = run.status === 'waiting';
    if (isStopped) stopped += 1;
    const undone = isStopped ? [] : without(wanted, sent);
    for (const text of undone) found.push(`round ${i}: planned and not done: ${text}`);
    for (const text of without(sent, wanted)) found.push(`round ${i}: done and not planned: ${text}`);
    if (isStopped) {
      await close(frozen);
      continue;
    }
    const targets = without(harmOf(planned), await harmDone(frozen, run.id));
    for (const text of targets) found.push(`round ${i}: another account than planned: ${text}`);
    const fields = without(fieldsOf(planned), fieldsDone(frozen));
    for (const text of fields) found.push(`round ${i}: another value than planned: ${text}`);
    compared += wanted.length;
    await close(frozen);
    if (i % tellEvery === 0) tell(`${i} of ${rounds} workflows`);
  }
  if (compared === 0) found.push('No workflow made any call, so nothing was compared.');
  const sentence = `${rounds} random workflows planned, then run: ${compared} calls compared, ${found.length} differences (${stopped} runs were stopped in the middle by the breaker)`;
  return toFigure('S2', sentence, found);
}

async function close({ world }: Frozen): Promise<void> {
  await world.runner.stop();
  leave(world);
}

function stateOf({ world }: Frozen): string {
  return JSON.stringify(kept.map((table) => world.database.$client.prepare(`SELECT * FROM ${table}`).all()));
}

type Request = { method: string; url: string; headers: object; body?: unknown } | null;

const requestText = (request: Request): string =>
  `${request?.method} ${request?.url} ${JSON.stringify(request?.headers)} ${JSON.stringify(request?.body)}`;

/** The first list without what stands in the second, each as often. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const harmOf = (planned: readonly PlannedEffect[]): string[] =>
  planned
    .filter(({ skip, limitKind }) => skip === null && limitKind !== null)
    .map(({ recordId, block, does, target }) => `${recordId} ${block} ${does} ${target?.id ?? ''}`);

async function harmDone({ world }: Frozen, runId: string): Promise<string[]> {
  return world.database.$client
    .prepare<[string], { text: string }>(
      `SELECT r.record_id || ' ' || s.block || ' ' || json_extract(s.effect, '$.does') || ' ' ||
        coalesce(json_extract(s.effect, '$.target.id'), '') AS text
      FROM steps s JOIN runs ON runs.key = s.run JOIN run_records r ON r.run = s.run AND r.n = s.record_n
      WHERE runs.id = ? AND s.effect IS NOT NULL`,
    )
    .all(runId)
    .map(({ text }) => text);
}

const fieldsOf = (planned: readonly PlannedEffect[]): string[] =>
  planned
    .filter(({ skip }) => skip === null)
    .flatMap(({ changes, recordId }) =>
      changes.map(({ field, before, after }) => `${recordId} ${field} ${text(before)} ${text(after)}`),
    );

const fieldsDone = ({ world }: Frozen): string[] =>
  world.database.$client
    .prepare<[], { step: string; recordId: string }>(
      `SELECT s.changes AS step, r.record_id AS recordId FROM steps s JOIN runs ON runs.key = s.run
      JOIN run_records r ON r.run = s.run AND r.n = s.record_n WHERE runs.mode = 'run' AND s.changes IS NOT NULL`,
    )
    .all()
    .flatMap(({ step, recordId }) =>
      (JSON.parse(step) as { field: string; before: unknown; after: unknown }[]).map(
        ({ field, before, after }) => `${recordId} ${field} ${text(before)} ${text(after)}`,
      ),
    );

const text = (value: unknown): string => JSON.stringify(value) ?? '';

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
