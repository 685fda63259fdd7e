import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '#engine/access-ports';
import type { World } from '../../support/engine-world.ts';
import { createTestClock } from '../../support/test-clock.ts';
import { type Figure, spread, type Tell, toFigure } from '../figure.ts';
import { everyMessage, prepareEveryBlock } from '../world/every-block.ts';
import { crashAt, type FaultPoints } from '../world/fault-points.ts';
import { createLedger, type Ledger } from '../world/ledger.ts';
import { leave, openWorld } from '../world/open.ts';

const people = 3;
const mostTurns = 20_000;
const operator = { id: 'opr_1', name: 'Ada', email: 'ada@acme.test', role: 'approver' } as const;

/**
 * R1 for the blocks that wait, split, repeat, ask, start and collect: cuts their run off at each point, and lets the
 * next process end it. Every message is sent once, or parked for a person; no run is started twice.
 */
export async function blocks(wanted: number, tell: Tell = () => {}): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-blocks-'));
  const template = join(folder, 'template.db');
  prepareEveryBlock(template, people);
  const found: string[] = [];
  let parked = 0;
  try {
    const untouched = await crashOnce(folder, template, Number.POSITIVE_INFINITY);
    found.push(...untouched.complaints.map((each) => `untouched: ${each}`));
    const rounds = spread(untouched.passed, wanted);
    for (const [i, n] of rounds.entries()) {
      const { place, complaints, open } = await crashOnce(folder, template, n);
      parked += open;
      found.push(...complaints.map((each) => `point ${n}, ${String(place)}: ${each}`));
      if ((i + 1) % 100 === 0) tell(`${i + 1} of ${rounds.length} points`);
    }
    const sentence = `${rounds.length} crash points of ${untouched.passed} in every block: ${found.length} broken promises, ${parked} messages parked`;
    return toFigure('R1', sentence, found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function crashOnce(folder: string, template: string, n: number) {
  const place = join(folder, 'round');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  const file = join(place, 'rollcall.db');
  copyFileSync(template, file);
  const clock = createTestClock();
  const ledger = createLedger([], clock.now);
  const crash = crashAt(n);
  const worlds: World[] = [];
  const open = (faults?: FaultPoints): World => {
    const world = openWorld({ file, ledger, clock, ...(faults ? { faults } : {}) });
    worlds.push(world);
    return world;
  };
  try {
    const first = tryTo(() => open(crash));
    if (first) {
      const started = first.runner.start('wf_1', { startedBy: 'Ada' }).catch(() => undefined);
      await Promise.race([started, crash.happened]);
      await Promise.race([untilOver(first), crash.happened]);
    }
    if (crash.place !== undefined) {
      const world = open();
      await world.runner.resume();
      const isThere = world.database.$client.prepare('SELECT 1 FROM runs').get() !== undefined;
      if (!isThere) await world.runner.start('wf_1', { startedBy: 'Ada' });
      await untilOver(world);
    }
    const { database } = crash.place === undefined ? worlds[0]! : worlds.at(-1)!;
    return { place: crash.place, passed: crash.passed, ...judge(database.$client, ledger) };
  } finally {
    for (const world of worlds) leave(world);
  }
}

/** Lets the loop turn until every run has ended; whatever is asked meanwhile gets a yes. */
async function untilOver(world: World): Promise<void> {
  const open = world.database.$client.prepare(
    "SELECT 1 FROM runs WHERE finished_at IS NULL OR status = 'running' LIMIT 1",
  );
  // What needs attention keeps the record that waits for it.
  const stands = world.database.$client.prepare(
    "SELECT 1 FROM runs WHERE status = 'needs_attention' LIMIT 1",
  );
  const asked = world.database.$client.prepare<[], { id: string }>(
    "SELECT id FROM approvals WHERE status = 'waiting'",
  );
  let quiet = 0;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    if (open.get() === undefined) return;
    quiet = stands.get() === undefined ? 0 : quiet + 1;
    if (quiet > 500) return;
    for (const { id } of asked.all()) {
      await world.approvals
        .decide(id, { decision: 'approve', reason: '' }, caller(world))
        .catch(() => undefined);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const caller = ({ clock }: World): Principal => ({
  ...{ kind: 'session', id: operator.id, name: operator.name, role: operator.role, rights: [] },
  ...{ operator, sessionHash: '', signedInAt: clock.now() },
});

/** Compares the ledger with what was to be sent, and the journal with both. */
function judge(client: World['database']['$client'], ledger: Ledger) {
  const complaints: string[] = [];
  const rows = <T>(sql: string): T[] => client.prepare<[], T>(sql).all();
  const open = rows<{ n: number }>("SELECT n FROM steps WHERE status = 'needs_attention'").length;
  const sent = new Map<string, number>();
  for (const { body, isPerformed } of ledger.entries) {
    if (!isPerformed) continue;
    const { text } = JSON.parse(body ?? '{}') as { text: string };
    sent.set(text, (sent.get(text) ?? 0) + 1);
  }
  for (const [text, count] of sent) if (count > 1) complaints.push(`${text} was sent ${count} times.`);
  // Behind a message that waits for a person nothing goes on, and what comes at the end counts otherwise.
  const missing = everyMessage(people).filter((text) => !sent.has(text));
  if (open === 0 && missing.length > 0) complaints.push(`Never sent: ${missing.join(', ')}.`);
  const started = rows<{ id: string }>("SELECT id FROM runs WHERE workflow_id = 'wf_2'").length;
  if (started !== 1) complaints.push(`The second workflow was started ${started} times.`);
  const stuck = rows<{ status: string }>('SELECT status FROM runs WHERE finished_at IS NULL');
  if (open === 0 && stuck.length > 0) complaints.push(`${stuck.length} runs are still ${stuck[0]?.status}.`);
  const sending = rows<{ n: number }>("SELECT n FROM steps WHERE status = 'sending'").length;
  if (sending > 0) complaints.push(`${sending} intents have no outcome and nobody looks after them.`);
  return { complaints, open };
}

function tryTo(open: () => World): World | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
