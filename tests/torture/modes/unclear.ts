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
    method: 'PUT',
    url: '/people/{{webex_user_id}}',
    bodyKind: 'json',
    body: '{"title":"Leaving"}',
  },
  'non-idempotent': { method: 'POST', url: '/messages', bodyKind: 'json', body: '{"to":"{{email}}"}' },
};

/**
 * R6: a vendor on a real socket answers each call so that nobody can tell what became of it, once with it done and once
 * without. Each must be parked or settled by reading, and none may be sent again before somebody has looked.
 */
export async function unclear(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const found: string[] = [];
  const total = { unclear: 0, parked: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const tried = Object.entries(calls).map(async ([kind, call]) => ({ kind, ...(await unclearOnce(call)) }));
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

async function unclearOnce(call: object): Promise<{ unclear: number; parked: number; found: string[] }> {
  const replies = Object.entries(unclearAnswers);
  const people = replies.length * 2;
  const fateOf = (person: string) => {
    const n = Number(person.slice(1));
    return { name: replies[n % replies.length]![0], isPerformed: n < replies.length };
  };
  const vendor = await startWildVendor((person) => {
    const { name, isPerformed } = fateOf(person);
    return { isPerformed, reply: unclearAnswers[name]! };
  });
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-torture-'));
  const file = join(folder, 'rollcall.db');
  const database = openDatabase(file);
  const accounts = vendorAccounts(people);
  addAccounts(
    database,
    accounts.map(({ id }) => ({ name: id.slice('wx-'.length) })),
  );
  liftLimits(database);
  const outbound = await connectOutbound(database, vendor.host);
  const authorization = { mode: 'static', credentialId: outbound.credentialId };
  const settings = { vendorId: '', presetId: '', timeoutMs, ...call, authorization };
  const graph = aGraph({ begin: ['begin'], act: ['api', settings], end: ['end'] }, [
    'begin.next > act',
    'act.success > end',
  ]);
  addWorkflow(database, graph);
  const world = createWorld({ client: outbound.client, inFlight: people }, database);
  try {
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    // The runner's own clock does not wait, so its own promise of an end is asked for until it is one.
    while ((await world.runner.waitFor(id, 10)).finishedAt === null)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const verdict = check({
      file,
      entries: vendor.entries,
      acknowledged: [id],
      records: people,
      inactive: new Set(accounts.map((account) => account.id)),
    });
    return { unclear: people, parked: verdict.parked, found: complaints(verdict) };
  } finally {
    await world.runner.stop();
    await outbound.close();
    database.$client.close();
    vendor.close();
    rmSync(folder, { recursive: true });
  }
}
