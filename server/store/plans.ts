import { and, asc, eq, gt, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Plan, PlannedEffect, StepEffect } from '#domain/dry-run';
import type { RecordedAnswer, RenderedRequest, StepChange } from '#domain/run';
import type { EffectPlace, PlanStore } from '#engine/plan-ports';
import { fromCursor, isFound, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { prepareWindows, type RecordWindow } from './record-windows.ts';
import { prepareCountsInTurns } from './run-counts.ts';
import { runRecords, runs, steps } from './schema.ts';

const does = sql<string>`json_extract(${steps.effect}, '$.does')`;
const skip = sql<string | null>`json_extract(${steps.effect}, '$.skip')`;
const limitKind = sql<string | null>`json_extract(${steps.effect}, '$.limitKind')`;
const vendorId = sql<string>`json_extract(${steps.effect}, '$.vendorId')`;

/** The earlier step of the record that read the account. */
const reads = alias(steps, 'reads');
const readStep = sql`json_extract(${steps.effect}, '$.target.readStep')`;

/** What dry runs have written down: the steps of theirs that would do something. */
export function createPlanStore(database: Database): PlanStore {
  const windows = prepareWindows(database);
  const counts = prepareCountsInTurns(database);

  const runOf = (runId: string) =>
    database
      .select()
      .from(runs)
      .where(and(eq(runs.id, runId), eq(runs.mode, 'plan')))
      .get();
  const keyOf = (runId: string): number => runOf(runId)?.key ?? -1;
  const ofPlan = (key: number): SQL | undefined => and(eq(steps.run, key), isNotNull(steps.effect));

  const select = () =>
    database
      .select({ step: steps, record: runRecords, seen: reads.answer })
      .from(steps)
      .innerJoin(runRecords, and(eq(runRecords.run, steps.run), eq(runRecords.n, steps.recordN)))
      .leftJoin(
        reads,
        and(eq(reads.run, steps.run), eq(reads.recordN, steps.recordN), eq(reads.n, readStep)),
      );

  /** Steps of the plan that belong to records of this window. */
  const within = (key: number, { after, to }: RecordWindow): SQL | undefined =>
    and(ofPlan(key), gt(steps.recordN, after), lte(steps.recordN, to));

  async function sums(
    key: number,
  ): Promise<Pick<Plan, 'counts' | 'skips' | 'harmful'> & { touched: number }> {
    const sum: Record<string, number> = {};
    const skips: Record<string, number> = {};
    const harmful: Plan['harmful'] = [];
    let touched = 0;
    for await (const window of windows(key, -1)) {
      const rows = database
        .select({ does, skip, limitKind, vendorId, count: sql<number>`count(*)` })
        .from(steps)
        .where(within(key, window))
        .groupBy(does, skip, limitKind, vendorId)
        .all();
      for (const row of rows) {
        const totals = row.skip === null ? sum : skips;
        const name = row.skip ?? row.does;
        totals[name] = (totals[name] ?? 0) + row.count;
        if (row.skip === null && row.limitKind !== null)
          addHarm(harmful, row.limitKind, row.vendorId, row.count);
      }
      touched +=
        database
          .select({ count: sql<number>`count(DISTINCT ${steps.recordN})` })
          .from(steps)
          .where(and(within(key, window), sql`${steps.recordN} > 0`, sql`${skip} IS NULL`))
          .get()?.count ?? 0;
    }
    return { counts: sum, skips, harmful, touched };
  }

  return {
    async find(runId) {
      const row = runOf(runId);
      if (!row) return undefined;
      const { total } = await counts(row.key);
      const { touched, ...found } = await sums(row.key);
      return {
        ...{ runId: row.id, workflowId: row.workflowId, versionId: row.versionId },
        versionNumber: row.versionNumber,
        isComplete: row.finishedAt !== null && row.status !== 'cancelled',
        at: new Date(row.finishedAt ?? row.startedAt).toISOString(),
        records: total,
        unchanged: total - touched,
        ...found,
      };
    },

    async planOf(runId) {
      const row = database.select({ planId: runs.planId }).from(runs).where(eq(runs.id, runId)).get();
      return row?.planId ?? null;
    },

    async effects(runId, { limit, cursor, kind, skip: code, search }) {
      const key = keyOf(runId);
      const filter = and(
        kind === undefined ? undefined : and(sql`${does} = ${kind}`, sql`${skip} IS NULL`),
        code === undefined ? undefined : sql`${skip} = ${code}`,
        search === undefined ? undefined : isFound(search, searched),
      );
      const from = cursor === undefined ? nowhere : toPlace(String(fromCursor(cursor)));
      const rows: Row[] = [];
      let total = 0;
      for await (const window of windows(key, -1)) {
        const some = and(within(key, window), filter);
        const here = database
          .select({ count: sql<number>`count(*)` })
          .from(steps)
          .innerJoin(runRecords, and(eq(runRecords.run, steps.run), eq(runRecords.n, steps.recordN)))
          .where(some)
          .get();
        total += here?.count ?? 0;
        if (rows.length > limit || window.to < from.recordN || !here?.count) continue;
        rows.push(
          ...select()
            .where(and(some, isAfter(from)))
            .orderBy(asc(steps.recordN), asc(steps.n))
            .limit(limit + 1 - rows.length)
            .all(),
        );
      }
      const placeOf = ({ step }: Row) => `${step.recordN}.${step.n}`;
      return toPage(rows, limit, total, placeOf, toEffect);
    },

    async effectsAfter(runId, place, limit) {
      const rows = select()
        .where(and(ofPlan(keyOf(runId)), isAfter(place)))
        .orderBy(asc(steps.recordN), asc(steps.n))
        .limit(limit)
        .all();
      return rows.map(toEffect);
    },

    async effectAt(runId, { recordN, stepN }) {
      const row = select()
        .where(and(ofPlan(keyOf(runId)), eq(steps.recordN, recordN), eq(steps.n, stepN)))
        .get();
      return row && toEffect(row);
    },
  };
}

type Row = {
  step: typeof steps.$inferSelect;
  record: typeof runRecords.$inferSelect;
  seen: string | null;
};

const searched = [
  runRecords.label,
  runRecords.recordId,
  sql`coalesce(json_extract(${steps.effect}, '$.target.id'), '')`,
  sql`coalesce(json_extract(${steps.effect}, '$.target.email'), '')`,
];

/** Before the first step of record 0. */
const nowhere: EffectPlace = { recordN: -1, stepN: 0 };

const isAfter = ({ recordN, stepN }: EffectPlace): SQL =>
  sql`(${steps.recordN}, ${steps.n}) > (${recordN}, ${stepN})`;

function toPlace(text: string): EffectPlace {
  const [recordN = 0, stepN = 0] = text.split('.').map(Number);
  return { recordN, stepN };
}

function addHarm(harmful: Plan['harmful'], limitKind: string, vendorId: string, count: number): void {
  const kind = limitKind as Plan['harmful'][number]['kind'];
  const known = harmful.find((one) => one.vendorId === vendorId && one.kind === kind);
  if (known) known.count += count;
  else harmful.push({ vendorId, kind, count });
}

function toEffect({ step, record, seen }: Row): PlannedEffect {
  const effect = JSON.parse(step.effect ?? '{}') as StepEffect;
  const { target, skip: code } = effect;
  const sentence = step.error ?? step.note ?? '';
  return {
    ...{ recordN: record.n, recordType: record.recordType as PlannedEffect['recordType'] },
    ...{ recordId: record.recordId, label: record.label, stepN: step.n, block: step.block },
    ...{ does: effect.does, undo: effect.undo, vendorId: effect.vendorId, presetId: effect.presetId },
    limitKind: effect.limitKind,
    target: target && { id: target.id, email: target.email, readAt: new Date(target.readAt).toISOString() },
    request: parse<RenderedRequest | null>(step.request, null),
    before: parse<Pick<RecordedAnswer, 'body'>>(step.before ?? seen, {}).body ?? null,
    changes: parse<StepChange[]>(step.changes, []).filter(({ record: of }) => of !== 'variable'),
    skip: code === undefined ? null : { code, sentence },
    needs: effect.needs ?? [],
    note: step.note,
  };
}

const parse = <T>(text: string | null, absent: T): T => (text === null ? absent : (JSON.parse(text) as T));
