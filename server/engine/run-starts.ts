import { AppError } from '../domain/errors.ts';
import type { GlobalValues } from '../domain/global-variable.ts';
import type { NewId } from '../domain/ids.ts';
import type { RerunKind } from '../domain/rerun.ts';
import { noRecords, type RecordCounts, type Run } from '../domain/run.ts';
import type { ChildStart } from './child-ports.ts';
import { childCode } from './child-runs.ts';
import type { CompiledVersions } from './compiled-versions.ts';
import type { EventStart } from './event-ports.ts';
import type { GlobalVariableStore } from './global-variable-ports.ts';
import { readGlobals } from './global-variables.ts';
import type { Clock, Events } from './ports.ts';
import type { RunReader } from './run-ports.ts';
import type { StartOptions } from './run-service.ts';
import type { RunRow, RunStore, StartCause } from './run-store-ports.ts';
import type { NewSlot } from './schedule-ports.ts';
import type { WebhookCall } from './webhook-ports.ts';
import type { WorkingRuns } from './working-runs.ts';

/** What a run may be started for besides somebody's wish: a time of a schedule, or a missed one that is made up for. */
export interface StartFor extends StartOptions {
  slot?: NewSlot;
  missed?: { id: string; by: string };
  event?: EventStart;
  /** The run and the block that start it. */
  parentStep?: string;
  /** The records for which they do. */
  child?: ChildStart;
  /** The call of another system. */
  hook?: WebhookCall;
  /** Records of an ended run, by the version that it used. */
  again?: { runId: string; records: RerunKind; version: { id: string; number: number } };
}

export interface RunStarts {
  /** Throws `not_found`, `conflict` for a workflow that is not active, and `vendor_unavailable` while the server stops. */
  start(workflowId: string, options: StartFor): Promise<Run>;
  /** A workflow was launched, deactivated, renamed or removed: what is known of it is asked again. */
  forget(): void;
}

interface Deps {
  store: Pick<RunStore, 'create' | 'find'>;
  globals: Pick<GlobalVariableStore, 'list'>;
  reader: Pick<RunReader, 'activeVersion'>;
  events: Pick<Events, 'listChanged'>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  versions: CompiledVersions;
  runs: Pick<WorkingRuns, 'begin' | 'hasRoom' | 'isStopping'>;
}

type Active = NonNullable<Awaited<ReturnType<RunReader['activeVersion']>>>;

export function createRunStarts({
  store,
  reader,
  events,
  clock,
  newId,
  versions,
  runs,
  globals,
}: Deps): RunStarts {
  /** What may be started, until something about workflows changes. */
  let startable = new Map<string, Active>();

  /** A re-run goes by what its origin went by, as it does by its version. */
  async function globalsOf(names: readonly string[], originId: string | undefined): Promise<GlobalValues> {
    const origin = originId === undefined || names.length === 0 ? undefined : await store.find(originId);
    return origin?.globals ?? readGlobals(globals, names);
  }

  const starts: RunStarts = {
    async start(workflowId: string, options: StartFor): Promise<Run> {
      const { recordIds, startedBy, starterId = null, mode = 'run', lane = 'manual', again } = options;
      const known = startable;
      const workflow = known.get(workflowId) ?? (await reader.activeVersion(workflowId));
      if (!workflow) throw new AppError('not_found', `There is no workflow "${workflowId}".`);
      const version = again?.version ?? (mode === 'plan' ? options.version : undefined);
      const versionId = version?.id ?? workflow.versionId;
      if (versionId === null || (again && workflow.versionId === null)) {
        throw new AppError('conflict', `The workflow "${workflow.name}" is not active. Launch it first.`);
      }
      if (runs.isStopping())
        throw new AppError('vendor_unavailable', 'The server is stopping. Start the run again in a moment.');
      // Into the map of before the question: a change meanwhile has thrown that map away.
      known.set(workflowId, workflow);
      const { plan } = await versions.of(versionId);
      // What may have been launched or deactivated meanwhile was agreed to with other values.
      const values = await globalsOf(plan.globals, again?.runId);
      if (plan.globals.length > 0 && startable !== known) return starts.start(workflowId, options);
      const at = clock.now();
      const id = newId('run');
      const cause = causeOf(options, id, at);
      const { row, saved } = store.create(
        {
          id,
          workflowId,
          workflowName: workflow.name,
          versionId,
          versionNumber: version?.number ?? workflow.versionNumber,
          status: 'running',
          phase: 'begin',
          startedBy,
          starterId,
          startedAt: at,
          recordIds: recordIds ? [...recordIds] : null,
          mode,
          lane,
          originId: again?.runId ?? null,
          rerun: again?.records ?? null,
          depth: options.depth ?? 0,
          parentStep: options.parentStep ?? null,
          globals: values,
        },
        plan.begin.id,
        cause,
      );
      // Somebody else may have been first: nothing is done before that is known. Whoever waits for a place is read again.
      if (cause || again || !runs.hasRoom(row)) await saved;
      runs.begin(row, true);
      await saved;
      events.listChanged('runs');
      return toRun(row, noRecords);
    },

    forget() {
      startable = new Map();
    },
  };
  return starts;
}

function causeOf(
  { slot, missed, event, child, hook }: StartFor,
  runId: string,
  at: number,
): StartCause | undefined {
  if (event) return { event };
  if (hook) return { hook };
  if (child) return { child: { ...child, held: child.held && { ...child.held, code: childCode(runId) } } };
  if (slot) return { slot: { ...slot, runId } };
  return missed && { missed: { ...missed, status: 'started', runId, at } };
}

/** A run that this process knows without asking the store. */
export function toRun(row: RunRow, counts: RecordCounts): Run {
  return {
    id: row.id,
    mode: row.mode,
    workflowId: row.workflowId,
    workflowName: row.workflowName,
    versionId: row.versionId,
    versionNumber: row.versionNumber,
    status: row.status,
    startedBy: row.startedBy,
    startedAt: new Date(row.startedAt).toISOString(),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt).toISOString(),
    isCancelling: false,
    error: row.error,
    counts,
    planId: row.planId,
    approvalId: row.approvalId,
    origin: row.originId === null || row.rerun === null ? null : { runId: row.originId, records: row.rerun },
  };
}
