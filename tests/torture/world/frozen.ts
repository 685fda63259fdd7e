import { createHash } from 'node:crypto';
import type { GuardContent } from '#domain/guard';
import { isFinished, type Run, type RunMode } from '#domain/run';
import type { Graph } from '#domain/workflow';
import type { VendorCall } from '#engine/vendor-ports';
import type { Random } from '../../../server/sandbox/random.ts';
import { guardState } from '../../../server/store/schema.ts';
import { addAccounts, addWorkflow, createWorld, type World } from '../../support/engine-world.ts';
import { liftedGuard } from '../../support/lift-limits.ts';
import {
  answer,
  createScriptedClient,
  type Script,
  type ScriptedClient,
} from '../../support/scripted-client.ts';

/** The engine beside a vendor that answers the same whatever was done. */
export interface Frozen {
  world: World;
  client: ScriptedClient;
  names: string[];
}

const hourMs = 3_600_000;

/** People p1 and up, last seen up to two years ago or never, and one workflow. */
export function openFrozen(
  random: Random,
  graph: Graph,
  { people = 4, content = liftedGuard, script = frozen, inFlight = 8 }: FrozenOptions = {},
): Frozen {
  const client = createScriptedClient(script);
  const world = createWorld({
    client,
    inFlight,
    prepare(database) {
      database.insert(guardState).values({ id: 1, generation: 1, content }).run();
    },
  });
  const names = Array.from({ length: people }, (_, i) => `p${i + 1}x${random.whole(1, 9_999)}`);
  const now = world.clock.now();
  addAccounts(
    world.database,
    names.map((name) => {
      const ago = random.whole(-10, 17_520) * hourMs;
      return { name, lastActivity: random.whole(1, 6) === 1 ? null : new Date(now - ago).toISOString() };
    }),
  );
  addWorkflow(world.database, graph);
  return { world, client, names };
}

export interface FrozenOptions {
  people?: number;
  content?: GuardContent;
  script?: Script;
  inFlight?: number;
}

/** Most accounts are there; some are gone, some may not be read, some are administrators. */
export const frozen: Script = ({ method, url }) => {
  if (method === 'DELETE') return answer(204);
  const id = decodeURIComponent(url.split('?')[0]!.split('/').at(-1) ?? '');
  const person = { id, emails: [`${id.replace(/^wx-/, '')}@acme.test`], displayName: id };
  if (method !== 'GET') return answer(200, { ...person, id: `new-${id}` });
  const luck = createHash('sha256').update(id).digest()[0]! % 16;
  if (luck === 0) return answer(404, { message: 'gone', trackingId: 'T1' });
  // Somebody else's account would stop the whole workflow, which a plan cannot foresee.
  if (luck === 1) return answer(403);
  if (luck === 2) return answer(200, { ...person, roles: ['admin'] });
  return answer(200, person);
};

export async function runOnce({ runner }: World, mode: RunMode, recordIds?: string[]): Promise<Run> {
  const { id } = await runner.start('wf_1', { startedBy: 'Ada', mode, recordIds });
  for (;;) {
    const { run } = await runner.details(id);
    if (isFinished(run.status) || run.status === 'waiting') return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What is not a read. */
export const writesOf = (calls: readonly VendorCall[]): VendorCall[] =>
  calls.filter(({ method, class: callClass }) => method !== 'GET' || callClass !== 'read');
