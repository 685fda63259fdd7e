import type { Protection } from '#domain/protection';
import { createRandom, type Random } from '../../../server/sandbox/random.ts';
import { protections } from '../../../server/store/schema.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { type Frozen, openFrozen, runOnce } from '../world/frozen.ts';
import { leave } from '../world/open.ts';
import { randomWorkflow } from '../world/random-workflow.ts';

const tellEvery = 1_000;

/** S5: random workflows harm nobody who is protected, whichever way, and others are harmed all the same. */
export async function protectedAccounts(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const random = createRandom(5);
  const found: string[] = [];
  let harmed = 0;
  for (let i = 1; i <= rounds; i += 1) {
    const frozen = openFrozen(random, randomWorkflow(random));
    const { world, names } = frozen;
    const safe = names.filter((name) => {
      if (random.whole(1, 2) === 1) return false;
      world.database.insert(protections).values(protectionOf(random, name)).run();
      return true;
    });
    await world.guard.refresh();
    await runOnce(world, 'run');
    for (const name of harmedBy(frozen)) {
      harmed += 1;
      if (safe.includes(name)) found.push(`round ${i}: ${name} was harmed`);
    }
    await world.runner.stop();
    leave(world);
    if (i % tellEvery === 0) tell(`${i} of ${rounds} workflows`);
  }
  if (harmed === 0) found.push('Nobody at all was harmed, so nothing was shown.');
  const sentence = `${rounds} random workflows: ${harmed} calls that harm, ${found.length} of them on protected accounts`;
  return toFigure('S5', sentence, found);
}

function protectionOf(random: Random, name: string): typeof protections.$inferInsert {
  const ways: [kind: Protection['kind'], value: string][] = [
    ['address', `${name}@acme.test`],
    ['address', `${name.toUpperCase()}@Acme.test`],
    ['identifier', `wx-${name}`],
  ];
  const [kind, value] = random.pick(ways);
  const vendorId = random.pick([null, 'webex']);
  return { id: `prt_${name}`, kind, vendorId, value, note: '', createdBy: 'Ada', createdAt: 0 };
}

/** Whose account a guarded call was made on, by what was sent. */
function harmedBy({ client, names }: Frozen): string[] {
  return client.calls
    .filter(({ method }) => method === 'DELETE')
    .flatMap(({ url }) => names.filter((name) => url.endsWith(`/wx-${name}`)));
}
