import Sqlite from 'better-sqlite3';
import type { LedgerEntry } from './ledger.ts';

/** What became of the promises. Each list holds sentences; all are empty when everything held. */
export interface Verdict {
  /** Runs that were acknowledged and are gone, or records or committed steps of them. */
  lost: string[];
  /** Effects that happened more than once, or that were sent again without anybody having looked. */
  duplicates: string[];
  /** Runs and records that did not end. */
  stuck: string[];
  /** Where journal and ledger tell different stories. */
  different: string[];
  /** Calls that wait for a person because nobody knows their outcome. Honest, and no broken promise. */
  parked: number;
}

export interface Expected {
  file: string;
  entries: readonly LedgerEntry[];
  /** Ids of the runs whose start was answered. */
  acknowledged: readonly string[];
  /** How many records each run has. */
  records: number;
  /** The accounts that may be deleted. */
  inactive: ReadonlySet<string>;
  /** Steps that were committed at some moment, as `committedSteps` gave them. */
  committed?: ReadonlySet<string>;
}

interface StepRow {
  run: string;
  n: number;
  block: string;
  status: string;
  exit: string | null;
  request: string | null;
  effect: string | null;
  recordStatus: string;
}

/** The steps with a known outcome, as texts that can be compared. */
export function committedSteps(file: string): Set<string> {
  const database = new Sqlite(file, { readonly: true });
  const rows = database
    .prepare(
      "SELECT run || '/' || record_n || '/' || n || ' ' || block || ' ' || status || ' ' || exit FROM steps WHERE status IN ('succeeded', 'failed')",
    )
    .pluck()
    .all() as string[];
  database.close();
  return new Set(rows);
}

/** Compares the journal's tables with the vendor's ledger. It reads both as they are and asks the product nothing. */
export function check(expected: Expected): Verdict {
  const database = new Sqlite(expected.file, { readonly: true });
  try {
    const verdict: Verdict = { lost: [], duplicates: [], stuck: [], different: [], parked: 0 };
    const broken = database.pragma('integrity_check', { simple: true });
    if (broken !== 'ok') verdict.lost.push(`The database is damaged: ${String(broken)}`);
    checkRuns(database, expected, verdict);
    const steps = database
      .prepare(
        `SELECT runs.id AS run, steps.n, steps.block, steps.status, steps.exit, steps.request, steps.effect, run_records.status AS recordStatus
         FROM steps JOIN runs ON runs.key = steps.run JOIN run_records ON run_records.run = steps.run AND run_records.n = steps.record_n
         WHERE steps.request IS NOT NULL`,
      )
      .all() as StepRow[];
    checkEffects(steps, expected, verdict);
    verdict.parked = steps.filter((step) => step.status === 'needs_attention').length;
    return verdict;
  } finally {
    database.close();
  }
}

function checkRuns(database: Sqlite.Database, expected: Expected, { lost, stuck }: Verdict): void {
  const runs = database.prepare('SELECT key, id, status, finished_at AS finishedAt FROM runs').all() as {
    key: number;
    id: string;
    status: string;
    finishedAt: number | null;
  }[];
  for (const id of expected.acknowledged)
    if (!runs.some((run) => run.id === id)) lost.push(`The run ${id} was answered and is gone.`);
  for (const run of runs) {
    if (run.finishedAt === null) stuck.push(`The run ${run.id} is still ${run.status}.`);
    const records = database
      .prepare('SELECT n, label, status FROM run_records WHERE run = ? AND n > 0')
      .all(run.key) as { n: number; label: string; status: string }[];
    if (records.length !== expected.records)
      lost.push(`The run ${run.id} has ${records.length} of ${expected.records} records.`);
    for (const { label, status } of records)
      if (status !== 'succeeded' && status !== 'needs_attention') stuck.push(`${label} ended as ${status}.`);
  }
  const sending = database.prepare("SELECT count(*) FROM steps WHERE status = 'sending'").pluck().get();
  if (sending !== 0) stuck.push(`${String(sending)} intents have no outcome and nobody looks after them.`);
  if (expected.committed) {
    const now = committedSteps(expected.file);
    for (const step of expected.committed)
      if (!now.has(step)) lost.push(`The step ${step} was committed and is gone.`);
  }
}

function checkEffects(steps: StepRow[], expected: Expected, verdict: Verdict): void {
  const { duplicates, different } = verdict;
  const byKey = new Map<string, StepRow[]>();
  for (const step of steps) {
    const { method, url, body } = JSON.parse(step.request ?? '{}') as Record<string, unknown>;
    if (method === 'GET') continue;
    const key = keyOf(String(method), String(url), body);
    if (method === 'DELETE' && step.effect === null)
      different.push(`${key} is on record without whom it was done to.`);
    byKey.set(key, [...(byKey.get(key) ?? []), step]);
  }

  const performed = new Map<string, number>();
  const unread = new Map<string, LedgerEntry>();
  for (const entry of expected.entries) {
    if (entry.method === 'GET') {
      for (const [key, { url }] of unread) if (pathOf(url) === pathOf(entry.url)) unread.delete(key);
      continue;
    }
    const key = keyOf(entry.method, entry.url, entry.body);
    if (!byKey.has(key)) different.push(`${key} reached the vendor without an intent.`);
    // A refusal for the rate is definite: nothing was done, and nothing needs to be looked at.
    if (entry.status === 429) continue;
    if (unread.has(key)) duplicates.push(`${key} was sent again, and nobody had looked.`);
    unread.set(key, entry);
    if (entry.isPerformed) performed.set(key, (performed.get(key) ?? 0) + 1);
    if (entry.method === 'DELETE' && !expected.inactive.has(entry.url.replace(/^.*\/people\//, '')))
      different.push(`${key} was sent, and that person is not inactive.`);
  }

  // To say the same once more changes nothing, if somebody has looked before, which is counted above.
  for (const [key, count] of performed)
    if (count > 1 && !key.startsWith('PUT ')) duplicates.push(`${key} happened ${count} times.`);
  for (const [key, rows] of byKey) {
    const done = performed.get(key) ?? 0;
    const isOnRecord = rows.some((row) => row.status === 'succeeded');
    const isOpen = rows.some((row) => row.status === 'needs_attention');
    if (isOnRecord && (key.startsWith('PUT ') ? done < 1 : done !== 1))
      different.push(`${key} is on record as done; the vendor counts ${done}.`);
    if (!isOnRecord && !isOpen && done > 0) different.push(`${key} was done, and the journal denies it.`);
  }
}

/** An intent holds its body as JSON, a sent request as text: both come to the same key. */
function keyOf(method: string, url: string, body: unknown): string {
  const content = typeof body === 'string' ? JSON.parse(body) : (body ?? null);
  return [method, pathOf(url), ...(content === null ? [] : [JSON.stringify(content)])].join(' ');
}

/** An intent names a path below the credential's base URL, a sent request the whole of it. */
const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '').replace(/^\/v1(?=\/)/, '');

/** A verdict in one line for each kind that is not empty. */
export function complaints(verdict: Verdict): string[] {
  return (['lost', 'duplicates', 'stuck', 'different'] as const).flatMap((kind) =>
    verdict[kind].map((sentence) => `${kind}: ${sentence}`),
  );
}
