import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Cause } from '#domain/person';
import type { RunRecord, RunStatus } from '#domain/run';
import type { RecordRun, ToldChange } from '#engine/record-ports';
import type { Database } from './database.ts';
import { toShownWaits } from './run-rows.ts';
import { changes, integrations, loads, operators, runRecords, runs, steps, tokens } from './schema.ts';

const shownChanges = 200;
const shownRuns = 20;

/** The newest changes of a record, each with the name of what caused it. */
export function changesOf(database: Database, recordId: string): ToldChange[] {
  const rows = database
    .select()
    .from(changes)
    .where(eq(changes.recordId, recordId))
    .orderBy(desc(changes.id))
    .limit(shownChanges)
    .all();
  const labels = labelsOf(
    database,
    rows.map((row) => row.causeId),
  );
  return rows.map((row) => ({
    at: new Date(row.at).toISOString(),
    cause: { kind: row.causeKind as Cause['kind'], id: row.causeId },
    causeLabel: labels.get(row.causeId) ?? fallbacks[row.causeKind as Cause['kind']],
    field: row.field,
    before: row.before ?? null,
    after: row.after ?? null,
  }));
}

const fallbacks: Record<Cause['kind'], string> = {
  operator: 'An operator',
  load: 'A user load',
  run: 'A workflow run',
  api: 'The API',
};

function labelsOf(database: Database, causeIds: readonly string[]): Map<string, string> {
  const ids = [...new Set(causeIds)];
  const byLoad = database
    .select({ id: loads.id, name: integrations.name })
    .from(loads)
    .innerJoin(integrations, eq(integrations.id, loads.integrationId))
    .where(inArray(loads.id, ids))
    .all();
  const byRun = database
    .select({ id: runs.id, name: runs.workflowName })
    .from(runs)
    .where(inArray(runs.id, ids))
    .all();
  const byOperator = database
    .select({ id: operators.id, name: operators.name })
    .from(operators)
    .where(inArray(operators.id, ids))
    .all();
  const byToken = database
    .select({ id: tokens.id, name: tokens.name })
    .from(tokens)
    .where(inArray(tokens.id, ids))
    .all();
  return new Map([
    ...byLoad.map(({ id, name }): [string, string] => [id, `Load of ${name}`]),
    ...byRun.map(({ id, name }): [string, string] => [id, `Run of ${name}`]),
    ...[...byOperator, ...byToken].map(({ id, name }): [string, string] => [id, name]),
  ]);
}

/** The newest runs that touched one of these records, each with the record's way through it. */
export function runsOf(database: Database, recordIds: readonly string[]): RecordRun[] {
  const rows = database
    .select({ run: runs, record: runRecords })
    .from(runRecords)
    .innerJoin(runs, eq(runs.key, runRecords.run))
    .where(and(inArray(runRecords.recordId, [...recordIds]), eq(runs.mode, 'run')))
    .orderBy(desc(runs.key))
    .limit(shownRuns)
    .all();
  const paths = pathsOf(
    database,
    rows.map(({ record }) => record),
  );
  return rows.map(({ run, record }) => ({
    runId: run.id,
    workflowId: run.workflowId,
    workflowName: run.workflowName,
    startedAt: new Date(run.startedAt).toISOString(),
    runStatus: run.status as RunStatus,
    record: {
      n: record.n,
      recordType: record.recordType as RunRecord['recordType'],
      recordId: record.recordId,
      label: record.label,
      status: record.status as RunRecord['status'],
      path: paths.get(`${record.run} ${record.n}`) ?? [],
      error: record.error,
      waits: toShownWaits(record),
      finishedAt: record.finishedAt === null ? null : new Date(record.finishedAt).toISOString(),
    },
  }));
}

function pathsOf(
  database: Database,
  records: readonly { run: number; n: number }[],
): Map<string, RunRecord['path']> {
  const paths = new Map<string, RunRecord['path']>();
  if (records.length === 0) return paths;
  const rows = database
    .select({ run: steps.run, recordN: steps.recordN, block: steps.block, exit: steps.exit })
    .from(steps)
    .where(or(...records.map(({ run, n }) => and(eq(steps.run, run), eq(steps.recordN, n)))))
    .orderBy(sql`${steps.run}, ${steps.recordN}, ${steps.n}`)
    .all();
  for (const { run, recordN, block, exit } of rows) {
    const key = `${run} ${recordN}`;
    paths.set(key, [...(paths.get(key) ?? []), { block, exit }]);
  }
  return paths;
}
