import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { createBench, type Round } from './world/bench.ts';
import { check, type Verdict } from './world/check.ts';
import type { LedgerEntry } from './world/ledger.ts';
import { allEnded, openWorld, startRun, until } from './world/open.ts';

const people = 4;
const bench = createBench(people);
afterAll(() => bench.close());

/** A run that went well, and then its ledger or its journal is falsified. */
async function falsified(
  change: (entries: LedgerEntry[], sql: (text: string) => void) => void,
): Promise<Verdict> {
  const round: Round = bench.newRound();
  const world = openWorld(round);
  await startRun(world, round);
  await until(allEnded(world));
  world.database.$client.close();
  const entries = round.ledger.entries.map((entry) => ({ ...entry }));
  const database = new Sqlite(round.file);
  change(entries, (text) => void database.exec(text));
  database.close();
  const { file, acknowledged } = round;
  const inactive = new Set(['wx-p1', 'wx-p3']);
  return check({ file, entries, acknowledged, records: people, inactive });
}

const deletion = (entries: LedgerEntry[]) => entries.find(({ method }) => method === 'DELETE')!;
const message = (entries: LedgerEntry[]) => entries.find(({ method }) => method === 'POST')!;
const nothing: Verdict = { lost: [], duplicates: [], stuck: [], different: [], parked: 0 };

test('a run that went well breaks no promise', async () => {
  expect(await falsified(() => {})).toEqual(nothing);
});

test.each<[string, keyof Verdict, Parameters<typeof falsified>[0]]>([
  ['a message that was sent twice', 'duplicates', (entries) => entries.push(message(entries))],
  ['a deletion that was asked for twice', 'duplicates', (entries) => entries.push(deletion(entries))],
  [
    'a deletion that is on record and never happened',
    'different',
    (entries) => entries.splice(entries.indexOf(deletion(entries)), 1),
  ],
  [
    'an effect without an intent',
    'different',
    (entries) => entries.push({ ...message(entries), url: '/somewhere/else' }),
  ],
  [
    'a deletion of somebody active',
    'different',
    (entries) => entries.push({ ...deletion(entries), url: '/people/wx-p0' }),
  ],
  [
    'an effect that the journal denies',
    'different',
    (_, sql) => sql("UPDATE steps SET status = 'failed' WHERE block = 'remove'"),
  ],
  [
    'a deletion of nobody in particular',
    'different',
    (_, sql) => sql("UPDATE steps SET effect = NULL WHERE block = 'remove'"),
  ],
  [
    'an intent that nobody looks after',
    'stuck',
    (_, sql) => sql("UPDATE steps SET status = 'sending' WHERE block = 'mark'"),
  ],
  ['a run without its end', 'stuck', (_, sql) => sql('UPDATE runs SET finished_at = NULL')],
  ['a record that is gone', 'lost', (_, sql) => sql('DELETE FROM run_records WHERE n = 2')],
  ['a run that is gone', 'lost', (_, sql) => sql('DELETE FROM runs')],
])('the checker finds %s', async (_, kind, change) => {
  const verdict = await falsified(change);

  expect(verdict[kind]).not.toEqual([]);
});
