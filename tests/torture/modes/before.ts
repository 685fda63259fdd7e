import { settingsFromPreset } from '#domain/api-settings';
import { isHarmful } from '#domain/effect';
import type { Preset, Vendor } from '#domain/vendor';
import type { Graph } from '#domain/workflow';
import { vendors } from '#presets';
import { createRandom, type Random } from '../../../server/sandbox/random.ts';
import { type Database, openDatabase } from '../../../server/store/database.ts';
import { guardState } from '../../../server/store/schema.ts';
import { addWorkflow, aGraph, createWorldAt } from '../../support/engine-world.ts';
import { liftedGuard } from '../../support/lift-limits.ts';
import { createTestClock, type TestClock } from '../../support/test-clock.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import {
  type BeforeVerdict,
  checkBefore,
  type NamedAccount,
  type StepEvidence,
} from '../world/check-before.ts';
import {
  createLine,
  gotoAccountKey,
  type Imitated,
  type ImitatedAccount,
  startImitated,
} from '../world/imitated.ts';
import { addRecords } from '../world/records.ts';

const recordsEach = 6;
const patienceMs = 60_000;

/**
 * S10: random workflows of the presets that harm, of all five vendors, against their imitations: with and without a read
 * of their own, with records that name the wrong account, lines that last longer than a look is good for, and faults.
 */
export async function before(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const random = createRandom(20261121);
  const clock = createTestClock();
  const imitated = await startImitated(clock, 60 + 4 * rounds);
  const found: string[] = [];
  const calls = new Map<string, number>(imitated.map(({ vendorId }) => [vendorId, 0]));
  try {
    for (let n = 0; n < rounds; n += 1) {
      const one = imitated[n % imitated.length]!;
      const { vendorId } = one;
      const verdict = await tryOne(one, clock, random);
      calls.set(vendorId, calls.get(vendorId)! + verdict.calls);
      found.push(...verdict.found.map((each) => `workflow ${n + 1}, ${vendorId}: ${each}`));
      if ((n + 1) % 50 === 0) tell(`${n + 1} of ${rounds} workflows`);
    }
  } finally {
    await Promise.all(imitated.map(({ sandbox }) => sandbox.close()));
  }
  for (const [vendorId, count] of calls)
    if (count === 0) found.push(`Nothing was sent to ${vendorId} at all.`);
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const where = [...calls].map(([vendorId, count]) => `${count} ${vendorId}`).join(', ');
  const sentence = `${rounds} random workflows, ${total} calls that harm (${where}): ${found.length} without a look at the same account in the minute before, or without its state in the journal`;
  return toFigure('S10', sentence, found);
}

async function tryOne(one: Imitated, clock: TestClock, random: Random): Promise<BeforeVerdict> {
  const vendor = vendors.find(({ id }) => id === one.vendorId)!;
  const people = shuffled(one.accounts(), random);
  const accounts = chooseRecords(people, random);
  const heir = people.at(-1)!.email;
  const database = openDatabase(':memory:');
  addRecords(database, one, accounts, { goto_account_key: gotoAccountKey });
  addWorkflow(database, randomGraph(vendor, heir, random), { kind: 'people' });
  injectFaults(one, random);
  const from = one.sandbox.ledger.entries.length;
  const line = createLine(one, clock, random);
  const deletionsPerMinute = random.pick([null, 6, 60]);
  const content = { ...liftedGuard, settings: { ...liftedGuard.settings, deletionsPerMinute } };
  const prepare = () => void database.insert(guardState).values({ id: 1, generation: 1, content }).run();
  const world = createWorldAt(line.clock, { client: line.client, inFlight: 4, prepare }, database);
  try {
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    const isAtRest = async () => (await world.runner.details(id)).run.status !== 'running';
    for (const startedAt = Date.now(); !(await isAtRest()); await turn())
      if (Date.now() - startedAt > patienceMs) return { calls: 0, found: ['The run does not end.'] };
    const steps = database.$client
      .prepare('SELECT record_n AS recordN, n, request, answer, effect, before FROM steps')
      .all() as StepEvidence[];
    return checkBefore(one.sandbox.ledger.entries.slice(from), steps, numbered(database, accounts));
  } finally {
    await world.runner.stop();
    one.sandbox.faults.clear();
    database.$client.close();
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Most records name their account; some name one that is not there, or somebody else's address. */
function chooseRecords(people: readonly ImitatedAccount[], random: Random): ImitatedAccount[] {
  return people.slice(0, recordsEach).map(({ id, email }, i) => {
    const chance = random.whole(1, 20);
    if (chance === 1) return { id, email: people[recordsEach + i]!.email };
    if (chance === 2) return { id: `${id.slice(0, -2)}77`, email };
    return { id, email };
  });
}

function randomGraph(vendor: Vendor, heir: string, random: Random): Graph {
  const harmful = vendor.presets.filter(({ effect }) => isHarmful(effect.does));
  const chosen = shuffled(harmful, random).slice(0, random.whole(1, 2));
  const read = vendor.presets.find(({ id }) => id === chosen[0]?.target?.read);
  const given: Record<string, string> = { transfer_email: heir, role_id: random.pick(['1', '2']) };
  const settings = (preset: Preset) => {
    const all = settingsFromPreset(vendor, preset, 'crd_1');
    const inputs = Object.entries(all.inputs).map(([name, value]) => [name, given[name] ?? value]);
    return { ...all, inputs: Object.fromEntries(inputs) };
  };
  const presets = read && random.whole(1, 2) === 1 ? [read, ...chosen] : chosen;
  const blocks = presets.map((preset, i) => [`b${i}`, ['api', settings(preset)]] as const);
  const edges = presets.map((_, i) => (i === 0 ? 'begin.next > b0' : `b${i - 1}.success > b${i}`));
  return aGraph({ begin: ['begin'], ...Object.fromEntries(blocks) }, edges);
}

/** Reads that fail, refusals for the rate, and changes whose answer never comes. */
function injectFaults({ sandbox }: Imitated, random: Random): void {
  const skip = () => random.whole(0, recordsEach);
  if (random.whole(1, 3) === 1) sandbox.inject({ match: { method: 'GET' }, status: 503, skip: skip() });
  if (random.whole(1, 3) === 1)
    sandbox.inject({ match: { method: 'GET' }, dropConnection: 'before', skip: skip() });
  for (const method of ['DELETE', 'PUT']) {
    const dropConnection = random.pick(['before', 'after'] as const);
    if (random.whole(1, 3) === 1) sandbox.inject({ match: { method }, dropConnection, skip: skip() });
    if (random.whole(1, 3) === 1) sandbox.inject({ match: { method }, status: 429, skip: skip() });
  }
}

function numbered(database: Database, accounts: readonly ImitatedAccount[]): NamedAccount[] {
  const rows = database.$client.prepare('SELECT n, label FROM run_records WHERE n > 0').all() as {
    n: number;
    label: string;
  }[];
  return rows.flatMap(({ n, label }) => {
    const account = accounts.find(({ email }) => email === label);
    return account ? [{ n, ...account }] : [];
  });
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((one) => ({ one, at: random.unit() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
