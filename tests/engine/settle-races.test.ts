import { describe, expect, it } from 'vitest';
import { isFinished, type Run } from '#domain/run';
import type { RunStore } from '#engine/run-store-ports';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';

const removal = aGraph(
  {
    begin: ['begin'],
    remove: [
      'api',
      {
        vendorId: 'webex',
        presetId: 'delete-user',
        authorization: { mode: 'static', credentialId: 'crd_1' },
        method: 'DELETE',
        url: '/people/{{webex_user_id}}',
        success: { statuses: [204], mediaType: 'none' },
      },
    ],
    mark: ['update-record', { setStatus: 'deactivated' }],
    end: ['end'],
  },
  ['begin.next > remove', 'remove.success > mark', 'mark.success > end'],
);

const names = ['ada', 'grace', 'linus'];

/** While the vendor is down every deletion is unclear, and so is the look after it. */
function open(store?: (store: RunStore) => RunStore) {
  const vendor = { isDown: true };
  const deletions: string[] = [];
  const unseen = new Set<string>();
  const client = createScriptedClient(({ method, url }) => {
    const id = url.split('/').at(-1) ?? '';
    if (method === 'GET') {
      if (vendor.isDown && unseen.delete(id)) return answer(403);
      return answer(200, { id, emails: [`${id.replace('wx-', '')}@acme.test`] });
    }
    deletions.push(id);
    unseen.add(id);
    return vendor.isDown ? { kind: 'no_answer', reason: 'reset' } : answer(204);
  });
  const world = createWorld({ client, ...(store && { store }) });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, removal);
  return { world, vendor, deletions };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

async function ended({ runner }: World, id: string): Promise<Run> {
  await until(async () => isFinished((await runner.details(id)).run.status));
  return (await runner.details(id)).run;
}

/** A run that has ended with all of its calls unclear. */
async function parked(store?: (store: RunStore) => RunStore) {
  const made = open(store);
  const { id } = await made.world.runner.start('wf_1', { startedBy: 'Ada' });
  const run = await ended(made.world, id);
  expect(run.counts.needs_attention).toBe(names.length);
  return { ...made, id };
}

const stepOf = async ({ runner }: World, id: string, n: number) =>
  (await runner.recordSteps(id, n)).steps.at(-1)!.n;

describe('a decision about a call of a run that has ended', () => {
  it('is carried out after a crash at any of its writes', async () => {
    for (let crashAt = 1; crashAt <= 4; crashAt += 1) {
      let left = Number.POSITIVE_INFINITY;
      let processes = 0;
      /** After its last write the first process does nothing any more. */
      const dying = (store: RunStore): RunStore => {
        processes += 1;
        if (processes > 1) return store;
        return new Proxy(store, {
          get(of, name, self) {
            const method = Reflect.get(of, name, self) as unknown;
            if (typeof method !== 'function') return method;
            if (!/^(append|reopen|take|setPhase|finish|parkUnclear|rest)$/.test(String(name)))
              return method.bind(of);
            return async (...args: unknown[]) => {
              if (left <= 0) return new Promise(() => {});
              left -= 1;
              const result = await (method as (...all: unknown[]) => unknown).apply(of, args);
              return left <= 0 ? new Promise(() => {}) : result;
            };
          },
        });
      };
      const { world, vendor, id } = await parked(dying);
      vendor.isDown = false;
      left = crashAt;
      void world.runner.resolve(id, 1, 'it_happened', 'Ben');
      await until(async () => left <= 0);
      await new Promise((resolve) => setImmediate(resolve));

      const next = world.restart();
      await next.runner.resume();
      const run = await ended(next, id);

      expect(run.counts, `crashed after write ${crashAt}`).toMatchObject({
        succeeded: 1,
        needs_attention: 2,
      });
    }
  });

  it('stands beside those about its other records, however many are made at the same time', async () => {
    const { world, vendor, deletions, id } = await parked();
    vendor.isDown = false;

    await Promise.all([
      world.runner.resolve(id, 1, 'it_happened', 'Ben'),
      world.runner.resolve(id, 2, 'repeat', 'Cleo'),
      world.runner.resolve(id, 3, 'leave', 'Ben'),
    ]);
    const run = await ended(world, id);

    expect(run.counts).toMatchObject({ succeeded: 2, failed: 1, needs_attention: 0 });
    expect(deletions.filter((each) => each === 'wx-grace')).toHaveLength(2);
    expect(deletions.filter((each) => each !== 'wx-grace')).toHaveLength(2);
  });
});

describe('a decision about a call that somebody else has settled meanwhile', () => {
  it('says who has, and what they said', async () => {
    const { world, id } = await parked();
    const step = await stepOf(world, id, 1);
    await world.runner.resolve(id, 1, 'leave', 'Ben', step);

    await expect(world.runner.resolve(id, 1, 'repeat', 'Cleo', step)).rejects.toThrow(
      'Ben decided about this call already: left as it is. Look at the record again.',
    );
  });

  it('is not taken for one about the repetition, which became unclear again', async () => {
    const { world, vendor, deletions, id } = await parked();
    const seen = await stepOf(world, id, 1);
    await world.runner.resolve(id, 1, 'repeat', 'Ben', seen);
    await until(async () => deletions.filter((each) => each === 'wx-ada').length === 2);
    await ended(world, id);
    const again = (await world.runner.recordSteps(id, 1)).record;
    expect(again.status).toBe('needs_attention');

    await expect(world.runner.resolve(id, 1, 'it_happened', 'Cleo', seen)).rejects.toThrow(
      /^Ben decided about this call already: it did not happen, so it is repeated/,
    );

    expect((await world.runner.recordSteps(id, 1)).record.status).toBe('needs_attention');
    vendor.isDown = false;
    await world.runner.resolve(id, 1, 'it_happened', 'Cleo', await stepOf(world, id, 1));
    const run = await ended(world, id);
    expect(run.counts).toMatchObject({ succeeded: 1, needs_attention: 2 });
    expect(deletions.filter((each) => each === 'wx-ada')).toHaveLength(2);
  });
});
