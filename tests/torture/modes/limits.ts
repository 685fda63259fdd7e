import type { GuardContent } from '#domain/guard';
import { isFinished } from '#domain/run';
import { createRandom, type Random } from '../../../server/sandbox/random.ts';
import { aGraph } from '../../support/engine-world.ts';
import { liftedGuard } from '../../support/lift-limits.ts';
import { answer, type Script } from '../../support/scripted-client.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { openFrozen, runOnce } from '../world/frozen.ts';
import { leave } from '../world/open.ts';

const workers = 50;
const tellEvery = 100;

export const deletion = aGraph(
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
  },
  ['begin.next > remove'],
);

/** Everybody is there, and is who they are; answers come after the others had their turn. */
const everybody: Script = async ({ method, url }) => {
  await new Promise((resolve) => setImmediate(resolve));
  if (method === 'DELETE') return answer(204);
  const id = url.slice(url.lastIndexOf('/') + 1);
  return answer(200, { id, emails: [`${id.replace('wx-', '')}@acme.test`] });
};

/** S3: 50 runs at once, none of which could pass the limit by itself, never pass it together, and use it up. */
export async function limits(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const random = createRandom(3);
  const found: string[] = [];
  let deleted = 0;
  for (let i = 1; i <= rounds; i += 1) {
    const most = random.whole(0, workers - 1);
    const options = { people: workers, content: limitedTo(random, most), script: everybody };
    const { world, client, names } = openFrozen(random, deletion, options);
    await Promise.all(names.map((name) => runOnce(world, 'run', [`sus_${name}`])));
    const count = client.calls.filter(({ method }) => method === 'DELETE').length;
    if (count !== most) found.push(`round ${i}: ${count} deletions with a limit of ${most}`);
    deleted += count;
    await world.runner.stop();
    leave(world);
    if (i % tellEvery === 0) tell(`${i} of ${rounds} trials`);
  }
  const sentence = `${rounds} trials of ${workers} runs at once: ${deleted} deletions, ${found.length} trials above or below the limit`;
  return toFigure('S3', sentence, found);
}

/** S4: a run whose plan is above any limit sends no deletion at all before somebody agrees. */
export async function aboveLimit(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const random = createRandom(4);
  const found: string[] = [];
  for (let i = 1; i <= rounds; i += 1) {
    const people = random.whole(2, 30);
    const most = random.whole(0, people - 1);
    const content = limitedTo(random, most);
    const { world, client } = openFrozen(random, deletion, { people, content, script: everybody });
    const run = await runOnce(world, 'run');
    await asked(world.runner, run.id);
    const count = client.calls.filter(({ method }) => method === 'DELETE').length;
    if (count > 0) found.push(`round ${i}: ${count} deletions of ${people} planned with a limit of ${most}`);
    await world.runner.stop();
    leave(world);
    if (i % tellEvery === 0) tell(`${i} of ${rounds} runs`);
  }
  const sentence = `${rounds} runs with a plan above a limit: ${found.length} sent a deletion before somebody agreed`;
  return toFigure('S4', sentence, found);
}

type Runner = Awaited<ReturnType<typeof openFrozen>>['world']['runner'];

/** Until the run waits for somebody's yes. */
async function asked(runner: Runner, id: string): Promise<void> {
  for (;;) {
    const { run, waits } = await runner.details(id);
    if (isFinished(run.status) || waits.some(({ held }) => held?.code === 'approval')) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A limit of one of the kinds that there are. */
function limitedTo(random: Random, number: number): GuardContent {
  const limit = { number, sharePercent: null };
  const { settings } = liftedGuard;
  const day = { delete: limit };
  switch (random.whole(1, 3)) {
    case 1:
      return { ...liftedGuard, settings: { ...settings, vendors: { webex: { day } } } };
    case 2:
      return { ...liftedGuard, settings: { ...settings, workflows: { wf_1: { day } } } };
    default: {
      const limits = { ...settings.limits, day: { ...settings.limits.day, delete: limit } };
      return { ...liftedGuard, settings: { ...settings, limits } };
    }
  }
}
