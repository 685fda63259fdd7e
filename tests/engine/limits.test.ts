import { beforeEach, describe, expect, it } from 'vitest';
import { settingsFromPreset } from '#domain/api-settings';
import type { GuardContent } from '#domain/guard';
import type { LimitKind } from '#domain/limits';
import { isFinished, type Run } from '#domain/run';
import { vendors } from '#presets';
import { guardState, limitUses } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';

/*
 * Every limit there is: where it is set, what it counts, as a number and as a share. Each is seen from both sides, and
 * each call finds its reservation in the database. Ten accounts, so three of them are 30 %.
 */
const places = ['run', 'day', 'vendor run', 'vendor day', 'workflow run', 'workflow day'] as const;
type Place = (typeof places)[number];
const kinds: readonly LimitKind[] = ['delete', 'disable'];
const measures = { number: { number: 3, sharePercent: null }, share: { number: null, sharePercent: 30 } };
type Measure = keyof typeof measures;

const cells = places.flatMap((place) =>
  kinds.flatMap((kind) =>
    (['number', 'share'] as const).map((measure) => [place, kind, measure] as [Place, LimitKind, Measure]),
  ),
);

const names = Array.from({ length: 10 }, (_, i) => `p${i}`);
const webex = vendors.find(({ id }) => id === 'webex')!;

function graphOf(kind: LimitKind) {
  const id = kind === 'delete' ? 'delete-user' : 'remove-licence';
  const settings = settingsFromPreset(webex, webex.presets.find((preset) => preset.id === id)!, 'crd_1');
  if (kind === 'disable') settings.inputs.license_id = 'L1';
  const call = settings as unknown as Record<string, unknown>;
  return aGraph({ begin: ['begin'], take: ['api', call] }, ['begin.next > take']);
}

/** One limit, and no other. */
function withLimit(place: Place, kind: LimitKind, measure: Measure): GuardContent {
  const { settings } = liftedGuard;
  const limit = measures[measure];
  const [where, span] = place.split(' ') as [string, 'run' | 'day' | undefined];
  const own = { [span ?? where]: { [kind]: limit } };
  if (where === 'vendor') return { ...liftedGuard, settings: { ...settings, vendors: { webex: own } } };
  if (where === 'workflow') return { ...liftedGuard, settings: { ...settings, workflows: { wf_1: own } } };
  const limits = { ...settings.limits, [where]: { ...settings.limits[where as 'run'], [kind]: limit } };
  return { ...liftedGuard, settings: { ...settings, limits } };
}

/** The counter that a limit is about. */
const scopeOf = (place: Place): RegExp => {
  if (place.endsWith('run')) return /^run:/;
  if (place === 'day') return /^all$/;
  return place === 'vendor day' ? /^vendor:webex$/ : /^workflow:wf_1$/;
};

let sent: { isReserved: boolean }[] = [];
beforeEach(() => {
  sent = [];
});

function open(content: GuardContent, place: Place, kind: LimitKind, onSent: (world: World) => Promise<void>) {
  const client = createScriptedClient(async ({ method, url }) => {
    const id = decodeURIComponent(url.split('/').at(-1) ?? '');
    if (method === 'GET') {
      return answer(200, { id, emails: [`${id.replace('wx-', '')}@acme.test`], licenses: ['L1'], roles: [] });
    }
    const rows = world.database.select().from(limitUses).all();
    const reserved = rows
      .filter((row) => row.kind === kind && scopeOf(place).test(row.scope))
      .reduce((sum, row) => sum + row.used, 0);
    sent.push({ isReserved: reserved > sent.length });
    await onSent(world);
    return method === 'DELETE' ? answer(204) : answer(200, { personId: id, licenses: [] });
  });
  const world: World = createWorld({
    client,
    inFlight: 1,
    prepare: (database) => void database.insert(guardState).values({ id: 1, generation: 1, content }).run(),
  });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, graphOf(kind));
  return world;
}

const nothing = async () => {};

async function runOver(
  { runner }: World,
  who: readonly string[],
): Promise<{ run: Run; code: string | null }> {
  const recordIds = who.map((name) => `sus_${name}`);
  const { id } = await runner.start('wf_1', { startedBy: 'Ada', recordIds });
  for (;;) {
    const { run, waits } = await runner.details(id);
    const code = waits[0]?.held?.code ?? null;
    // What is full in the middle plans for the rest by itself, and then asks.
    const isOnItsWay = run.status !== 'waiting' || code === 'plan' || code === 'limit';
    if (isFinished(run.status) || !isOnItsWay) return { run, code };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe.each(cells)('the limit for a %s: %s, by its %s', (place, kind, measure) => {
  const content = withLimit(place, kind, measure);

  it('lets as many go as it allows, each with its reservation in the database', async () => {
    const world = open(content, place, kind, nothing);

    const { run } = await runOver(world, names.slice(0, 3));

    expect(run.status).toBe('succeeded');
    expect(sent).toEqual([{ isReserved: true }, { isReserved: true }, { isReserved: true }]);
  });

  it('lets nothing of a run go that wants one more, and asks', async () => {
    const world = open(content, place, kind, nothing);

    const { code } = await runOver(world, names.slice(0, 4));

    expect([code, sent]).toEqual(['approval', []]);
  });

  it('is a wall in the middle of a run, too, where it was lowered meanwhile', async () => {
    const world = open(liftedGuard, place, kind, async ({ guardStore }) => {
      if (sent.length === 1) await guardStore.change(() => content);
    });

    const { code } = await runOver(world, names.slice(0, 5));

    expect(sent).toHaveLength(3);
    expect(code).toBe('approval');
  });

  it('counts the day over all runs, and each run for itself', async () => {
    const world = open(content, place, kind, nothing);

    await runOver(world, names.slice(0, 3));
    const { code } = await runOver(world, names.slice(3, 4));

    const isDaily = place.endsWith('day');
    expect([code, sent.length]).toEqual(isDaily ? ['approval', 3] : [null, 4]);
  });
});

it('a limit for what deletes is none for what only takes something, and the other way round', async () => {
  for (const [limited, done] of [
    ['delete', 'disable'],
    ['disable', 'delete'],
  ] as const) {
    sent = [];
    const world = open(withLimit('run', limited, 'number'), 'run', done, nothing);
    expect((await runOver(world, names.slice(0, 5))).run.status).toBe('succeeded');
    expect(sent).toHaveLength(5);
  }
});

it('a workflow’s own limit takes the place of the general one, and never that of the vendor', async () => {
  const general = withLimit('run', 'delete', 'number').settings;
  const more = { run: { delete: { number: 8, sharePercent: null } } };
  const roomy = { ...liftedGuard, settings: { ...general, workflows: { wf_1: more } } };
  const world = open(roomy, 'run', 'delete', nothing);
  expect((await runOver(world, names.slice(0, 8))).run.status).toBe('succeeded');

  sent = [];
  const vendor = { webex: { run: { delete: { number: 2, sharePercent: null } } } };
  const walled = { ...roomy, settings: { ...roomy.settings, vendors: vendor } };
  expect((await runOver(open(walled, 'run', 'delete', nothing), names.slice(0, 3))).code).toBe('approval');
  expect(sent).toEqual([]);
});
