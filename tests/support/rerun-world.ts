import type { RerunKind } from '#domain/rerun';
import { isFinished, type Run } from '#domain/run';
import type { Graph } from '#domain/workflow';
import { createReruns } from '#engine/reruns';
import { createRerunReader } from '../../server/store/reruns.ts';
import { createRunReader } from '../../server/store/run-reader.ts';
import {
  addAccounts,
  addWorkflow,
  aGraph,
  createWorld,
  type World,
  type WorldOptions,
} from './engine-world.ts';
import { answer, createScriptedClient, type Script } from './scripted-client.ts';

const webex = { vendorId: 'webex', authorization: { mode: 'static', credentialId: 'crd_1' } };
const url = '/people/{{webex_user_id}}';
const get = {
  ...{ ...webex, presetId: 'get-user-details', method: 'GET', url },
  response: {
    success: [{ value: '{{response.lastActivity}}', target: { kind: 'variable', name: 'seen' } }],
    failure: [],
  },
};
const remove = {
  ...{ ...webex, presetId: 'delete-user', method: 'DELETE', url },
  success: { statuses: [204], mediaType: 'none' },
};

/** Reads when an account was last seen, deletes it, and keeps that time. */
export const clearing = aGraph(
  {
    begin: ['begin'],
    get: ['api', get],
    remove: ['api', remove],
    mark: [
      'update-record',
      {
        setStatus: 'deactivated',
        assignments: [{ target: { kind: 'person', name: 'api_response' }, value: '{{seen}}' }],
      },
    ],
    end: ['end'],
  },
  ['begin.next > get', 'get.success > remove', 'remove.success > mark', 'mark.success > end'],
);

export const nameIn = (text: string): string => text.slice(text.lastIndexOf('-') + 1);
export const seenAt = '2026-01-01T00:00:00Z';
export const accountAnswer = (name: string) =>
  answer(200, { id: `wx-${name}`, emails: [`${name}@acme.test`], lastActivity: seenAt });

/** A vendor at which deletions of some are refused. */
export function createRefusingVendor(refused: Iterable<string>) {
  const refusing = new Set(refused);
  const gone = new Set<string>();
  const script: Script = ({ method, url: asked }) => {
    const name = nameIn(asked);
    if (gone.has(name)) return answer(404, { message: 'gone', trackingId: 'T' });
    if (method !== 'DELETE') return accountAnswer(name);
    if (refusing.has(name)) return answer(403, { message: 'Not allowed', trackingId: 'T' });
    gone.add(name);
    return answer(204);
  };
  return { refusing, gone, script };
}

/** Four accounts and the workflow that clears them, with the service that runs records again. */
export function openRerunWorld(
  script: Script,
  options: Partial<WorldOptions> = {},
  graph: Graph = clearing,
  names: readonly string[] = ['ada', 'alan', 'grace', 'linus'],
) {
  const client = createScriptedClient(script);
  const world = createWorld({ client, ...options });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, graph);
  const deleted = () =>
    client.calls.filter(({ method }) => method === 'DELETE').map(({ url: asked }) => nameIn(asked));
  return { world, client, deleted, reruns: rerunsOf(world) };
}

export const rerunsOf = ({ database, runner }: World) =>
  createReruns({ reader: createRerunReader(database), runs: createRunReader(database), runner });

export const ada = { id: 'opr_ada', name: 'Ada' };

export async function endOf({ runner }: World, id: string): Promise<Run> {
  for (;;) {
    const { run } = await runner.details(id);
    if (isFinished(run.status)) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function runAll(world: World): Promise<Run> {
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', starterId: 'opr_ada' });
  return endOf(world, id);
}

export async function rerun(world: World, runId: string, records: RerunKind): Promise<Run> {
  const { id } = await rerunsOf(world).start(runId, records, ada);
  return endOf(world, id);
}

/** Label and blocks of each record, with the exits that it took. */
export async function pathsOf({ runner }: World, runId: string): Promise<string[]> {
  const { items } = await runner.records(runId, { limit: 100 });
  return items.map(
    ({ label, path }) =>
      `${label.split('@')[0]}: ${path.map(({ block, exit }) => `${block}.${exit}`).join(' ')}`,
  );
}
