import { and, asc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { approvalSchema } from '#domain/approval';
import { toWay, undoUntil } from '#domain/explain';
import type { ExplainedEffect, Explanation } from '#domain/explanation';
import type { RecordedAnswer, RenderedRequest, StepChange, StepStatus } from '#domain/run';
import type { ExplanationReader } from '#engine/explain-ports';
import { blockName, graphsOf } from './block-names.ts';
import type { Database } from './database.ts';
import { approvals, people, runRecords, runs, saasUsers, steps, versions } from './schema.ts';
import { parseText, type StoredEffect } from './step-texts.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Effects on somebody's accounts with what led to them: built from the journal, the versions and the approvals. */
export function createExplanationReader(database: Database): ExplanationReader {
  /** Everything that runs did with these records and that is not a read. */
  function effectsOn(
    recordIds: readonly string[],
    isMeant: (effect: StoredEffect) => boolean,
  ): ExplainedEffect[] {
    const rows = database
      .select({ step: steps, record: runRecords, run: runs })
      .from(runRecords)
      .innerJoin(runs, eq(runs.key, runRecords.run))
      .innerJoin(steps, and(eq(steps.run, runRecords.run), eq(steps.recordN, runRecords.n)))
      .where(and(inArray(runRecords.recordId, [...recordIds]), eq(runs.mode, 'run'), isNotNull(steps.effect)))
      .orderBy(sql`${steps.startedAt} DESC, ${steps.id} DESC`)
      .all();
    const meant = rows.filter(({ step }) => isMeant(parseText<StoredEffect>(step.effect, none)));
    const known = about(meant);
    return meant.map((row) => explain(row, known));
  }

  /** Steps, graphs, versions and approvals of all of them, each asked for once. */
  function about(rows: readonly Row[]): Known {
    const places = new Map(rows.map(({ record }) => [`${record.run} ${record.n}`, record]));
    const ways = new Map<string, (typeof steps.$inferSelect)[]>();
    for (const [key, { run, n }] of places) {
      const way = database
        .select()
        .from(steps)
        .where(and(eq(steps.run, run), eq(steps.recordN, n)))
        .orderBy(asc(steps.n))
        .all();
      ways.set(key, way);
    }
    const versionIds = [...new Set(rows.map(({ run }) => run.versionId))];
    const made = database
      .select({
        id: versions.id,
        author: versions.author,
        note: versions.note,
        createdAt: versions.createdAt,
      })
      .from(versions)
      .where(inArray(versions.id, versionIds))
      .all();
    return {
      ways,
      graphs: graphsOf(database, versionIds),
      versions: new Map(made.map((version) => [version.id, version])),
      approvals: approvalsOf(rows),
    };
  }

  /** What was agreed to for these runs, and for their versions. */
  function approvalsOf(rows: readonly Row[]): (typeof approvals.$inferSelect)[] {
    if (rows.length === 0) return [];
    const ids = rows.flatMap(({ run }) => (run.approvalId === null ? [] : [run.approvalId]));
    const versionId = sql<string>`json_extract(${approvals.subject}, '$.versionId')`;
    const wanted: (SQL | undefined)[] = [
      inArray(approvals.id, ids),
      inArray(
        approvals.runId,
        rows.map(({ run }) => run.id),
      ),
      and(
        eq(approvals.kind, 'activation'),
        inArray(
          approvals.workflowId,
          rows.map(({ run }) => run.workflowId),
        ),
        inArray(
          versionId,
          rows.map(({ run }) => run.versionId),
        ),
      ),
    ];
    return database
      .select()
      .from(approvals)
      .where(or(...wanted))
      .orderBy(asc(approvals.requestedAt))
      .all();
  }

  return {
    async ofPerson(id, now) {
      const person = database.select().from(people).where(eq(people.id, id)).get();
      if (!person) return undefined;
      const accounts = database
        .select({ id: saasUsers.id })
        .from(saasUsers)
        .where(eq(saasUsers.personId, id))
        .all();
      const name = `${person.firstName} ${person.lastName}`.trim() || person.username;
      return {
        about: { kind: 'person', id, name, email: person.email },
        madeAt: iso(now),
        effects: effectsOn([id, ...accounts.map((account) => account.id)], () => true),
      };
    },

    async ofSaasUser(appId, id, now) {
      const user = database
        .select()
        .from(saasUsers)
        .where(and(eq(saasUsers.id, id), eq(saasUsers.appId, appId)))
        .get();
      if (!user) return undefined;
      const { identifier, email, personId } = user;
      const own = effectsOn([id], () => true);
      // A workflow over people acts on accounts, too: those that name this very account.
      const isThis = ({ target }: StoredEffect): boolean =>
        target !== null && target.id === identifier && isSameAddress(target.email, email);
      const others = personId === null ? [] : effectsOn([personId], isThis);
      const effects = [...own, ...others].sort((a, b) => b.at.localeCompare(a.at));
      return {
        about: { kind: 'saas_user', id, name: user.displayName || email || identifier, email },
        madeAt: iso(now),
        effects,
      };
    },
  };
}

interface Row {
  step: typeof steps.$inferSelect;
  record: typeof runRecords.$inferSelect;
  run: typeof runs.$inferSelect;
}

interface Known {
  ways: Map<string, (typeof steps.$inferSelect)[]>;
  graphs: ReturnType<typeof graphsOf>;
  versions: Map<string, { author: string; note: string; createdAt: number }>;
  approvals: (typeof approvals.$inferSelect)[];
}

const none: StoredEffect = {
  does: 'unknown',
  undo: { kind: 'permanent' },
  vendorId: '',
  presetId: '',
  limitKind: null,
  credential: { id: '' },
  target: null,
};

const isSameAddress = (a: string, b: string): boolean =>
  a === '' || b === '' || a.toLowerCase() === b.toLowerCase();

function explain({ step, record, run }: Row, known: Known): ExplainedEffect {
  const effect = parseText<StoredEffect>(step.effect, none);
  const way = known.ways.get(`${record.run} ${record.n}`) ?? [];
  const graph = known.graphs.get(run.versionId);
  const version = known.versions.get(run.versionId);
  const { target } = effect;
  return {
    at: iso(step.startedAt),
    does: effect.does,
    status: step.status as StepStatus,
    undo: effect.undo,
    undoUntil: step.status === 'succeeded' ? undoUntil(effect.undo, step.startedAt) : null,
    vendorId: effect.vendorId,
    target: target && { id: target.id, email: target.email },
    run: {
      id: run.id,
      n: record.n,
      workflowId: run.workflowId,
      workflowName: run.workflowName,
      versionNumber: run.versionNumber,
      startedBy: run.startedBy,
      globals: run.globals,
      startedAt: iso(run.startedAt),
    },
    version: version
      ? { author: version.author, note: version.note, launchedAt: iso(version.createdAt) }
      : null,
    block: blockName(graph, step.block),
    way: toWay(
      way.filter(({ n }) => n < step.n),
      graph,
    ),
    reading: target && toReading(target, step, way),
    approvals: known.approvals.filter((one) => isFor(one, run)).map(toAgreed),
    attempts: step.attempts,
    note: step.note,
    error: step.error,
    request: parseText<RenderedRequest | null>(step.request, null),
    answer: parseText<RecordedAnswer | null>(step.answer, null),
    changes: parseText<StepChange[]>(step.changes, []),
  };
}

/** The account as it was seen: in the step itself, or in an earlier one whose answer counted. */
function toReading(
  { readAt, readStep }: NonNullable<StoredEffect['target']>,
  step: typeof steps.$inferSelect,
  way: readonly (typeof steps.$inferSelect)[],
): ExplainedEffect['reading'] {
  const text = readStep === null ? step.before : (way.find(({ n }) => n === readStep)?.answer ?? null);
  const answer = parseText<RecordedAnswer | null>(text, null);
  return { at: iso(readAt), ageMs: Math.max(0, step.startedAt - readAt), answer };
}

const isFor = (
  { id, runId, kind, subject }: typeof approvals.$inferSelect,
  run: typeof runs.$inferSelect,
): boolean =>
  id === run.approvalId ||
  runId === run.id ||
  (kind === 'activation' && (subject as { versionId?: string } | null)?.versionId === run.versionId);

function toAgreed(row: typeof approvals.$inferSelect): Explanation['effects'][number]['approvals'][number] {
  const { kind, status } = approvalSchema.pick({ kind: true, status: true }).parse({
    kind: row.kind,
    status: row.status,
  });
  return {
    id: row.id,
    kind,
    status,
    title: row.title,
    requestedBy: row.requestedByName,
    requestedAt: iso(row.requestedAt),
    decidedBy: row.decidedByName,
    decidedAt: row.decidedAt === null ? null : iso(row.decidedAt),
    reason: row.reason,
  };
}
