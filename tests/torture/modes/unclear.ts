import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../server/store/database.ts';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../../support/engine-world.ts';
import { liftLimits } from '../../support/lift-limits.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { check, complaints } from '../world/check.ts';
import { vendorAccounts } from '../world/clean-up.ts';
import { connectOutbound } from '../world/outbound.ts';
import { startWildVendor, unclearAnswers } from '../world/wild-vendor.ts';

const timeoutMs = 1_000;

/** One call of each class of harm that is not a read. */
const calls = {
  destructive: {
    vendorId: 'webex',
    presetId: 'delete-user',
    method: 'DELETE',
    url: '/people/{{webex_user_id}}',
    success: { statuses: [204], mediaType: 'none' },
  },
  idempotent: {
    vendorId: 'webex',
    method: 'PUT',
    url: '/people/{{webex_user_id}}',
    bodyKind: 'json',
    body: '{"title":"Leaving"}',
  },
  'non-idempotent': {
    vendorId: 'webex',
    method: 'POST',
    url: '/messages',
    bodyKind: 'json',
    body: '{"to":"{{email}}"}',
  },
};

const replies = Object.values(unclearAnswers);
/** Once with the call done and once without. */
const everybody = vendorAccounts(replies.length * 2).map(({ id }) => id.slice('wx-'.length));
/** So few that the workflow is not stopped for going wrong too often. */
const groupSize = 4;
const groups = Array.from({ length: Math.ceil(everybody.length / groupSize) }, (_, i) =>
  everybody.slice(i * groupSize, (i + 1) * groupSize),
);

/**
 * R6: a vendor on a real socket answers each call so that nobody can tell what became of it, once with it done and once
 * without. Each must be parked or settled by reading, and none may be sent again before somebody has looked.
 */
export async function unclear(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const found: string[] = [];
  const total = { unclear: 0, parked: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const tried = Object.entries(calls).flatMap(([kind, call]) =>
      groups.map(async (people) => ({ kind, ...(await unclearOnce(call, people)) })),
    );
    for (const result of await Promise.all(tried)) {
      total.unclear += result.unclear;
      total.parked += result.parked;
      found.push(...result.found.map((each) => `${result.kind}: ${each}`));
    }
    tell(`round ${round + 1} of ${rounds}`);
  }
  const settled = total.unclear - total.parked;
  const sentence = `${total.unclear} unclear outcomes: ${total.parked} parked, ${settled} settled by looking at the account, ${found.length} sent again unseen or lost`;
  return toFigure('R6', sentence, found);
}

async function unclearOnce(
  call: object,
  people: readonly string[],
): Promise<{ unclear: number; parked: number; found: string[] }> {
  const vendor = await startWildVendor((person) => {
    const n = everybody.indexOf(person);
    return { isPerformed: n < replies.length, reply: replies[n % replies.length]! };
  });
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-torture-'));
  const file = join(folder, 'rollcall.db');
  const database = openDatabase(file);
  addAccounts(
    database,
    people.map((name) => ({ name })),
  );
  liftLimits(database);
  const outbound = await connectOutbound(database, vendor.host);
  const authorization = { mode: 'static', credentialId: outbound.credentialId };
  const settings = { presetId: '', timeoutMs, ...call, authorization };
  const graph = aGraph({ begin: ['begin'], act: ['api', settings], end: ['end'] }, [
    'begin.next > act',
    'act.success > end',
  ]);
  addWorkflow(database, graph);
  const world = createWorld({ client: outbound.client, inFlight: groupSize }, database);
  try {
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    // The runner's own clock does not wait, so its own promise of an end is asked for until it is one.
    while ((await world.runner.waitFor(id, 10)).finishedAt === null)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const verdict = check({
      file,
      entries: vendor.entries,
      acknowledged: [id],
      records: people.length,
      inactive: new Set(people.map((name) => `wx-${name}`)),
    });
    return { unclear: people.length, parked: verdict.parked, found: complaints(verdict) };
  } finally {
    await world.runner.stop();
    await outbound.close();
    database.$client.close();
    vendor.close();
    rmSync(folder, { recursive: true });
  }
}
