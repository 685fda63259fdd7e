import { createRandom } from '../../../server/sandbox/random.ts';
import { answer, type Script } from '../../support/scripted-client.ts';
import { type Figure, toFigure } from '../figure.ts';
import { openFrozen, runOnce } from '../world/frozen.ts';
import { leave } from '../world/open.ts';
import { deletion } from './limits.ts';

type Answer = (id: string, email: string) => ReturnType<typeof answer>;

/** What a vendor may answer about an account that is not, or not surely, the one that is meant. */
export const shapes: Record<string, Answer> = {
  'another id': (id, email) => answer(200, { id: `${id}0`, emails: [email] }),
  'an id that begins the same': (id, email) => answer(200, { id: id.slice(0, -1), emails: [email] }),
  'an id in other capitals': (id, email) => answer(200, { id: id.toUpperCase(), emails: [email] }),
  'an id with a space': (id, email) => answer(200, { id: `${id} `, emails: [email] }),
  'an id with a letter that looks the same': (id, email) =>
    answer(200, { id: id.replace('x', 'х'), emails: [email] }),
  'an id with an invisible letter': (id, email) => answer(200, { id: `${id}\u200b`, emails: [email] }),
  'two ids at once': (id, email) => answer(200, { id: [id, 'other'], emails: [email] }),
  'an id one level deeper': (id, email) => answer(200, { user: { id, emails: [email] } }),
  'no id': (_id, email) => answer(200, { emails: [email] }),
  'an empty id': (_id, email) => answer(200, { id: '', emails: [email] }),
  'an id of nobody': (_id, email) => answer(200, { id: null, emails: [email] }),
  'another address': (id) => answer(200, { id, emails: ['somebody@acme.test'] }),
  'an address of another domain': (id, email) =>
    answer(200, { id, emails: [email.replace('acme.test', 'acme.test.example')] }),
  'an address with a plus': (id, email) => answer(200, { id, emails: [email.replace('@', '+1@')] }),
  'an address that looks the same': (id, email) => answer(200, { id, emails: [email.replace('a', 'а')] }),
  'no address': (id) => answer(200, { id }),
  'an empty list of addresses': (id) => answer(200, { id, emails: [] }),
  'a list of accounts': (id, email) => answer(200, [{ id, emails: [email] }]),
  'a page of search results': (id, email) =>
    answer(200, {
      items: [
        { id, emails: [email] },
        { id: 'other', emails: ['o@acme.test'] },
      ],
    }),
  'a page for people': () => answer(200, '<html>', { 'content-type': 'text/html' }),
  nothing: () => answer(200),
  'a record under its name': (id, email) => answer(200, { [id]: { id, emails: [email] } }),
};

/** S12: nobody is deleted whose account was not surely the one that is meant. */
export async function identity(rounds: number): Promise<Figure> {
  const random = createRandom(12);
  const found: string[] = [];
  let tried = 0;
  const deletedWith = async (shape: Answer): Promise<number> => {
    const script: Script = ({ method, url }) => {
      if (method === 'DELETE') return answer(204);
      const id = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1));
      return shape(id, `${id.replace('wx-', '')}@acme.test`);
    };
    const { world, client } = openFrozen(random, deletion, { people: 3, script });
    await runOnce(world, 'run');
    await world.runner.stop();
    leave(world);
    return client.calls.filter(({ method }) => method === 'DELETE').length;
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, shape] of Object.entries(shapes)) {
      tried += 1;
      const count = await deletedWith(shape);
      if (count > 0) found.push(`${name}: ${count} deleted`);
    }
    const sound = await deletedWith((id, email) => answer(200, { id, emails: [email] }));
    if (sound !== 3) found.push(`Of 3 accounts that surely are meant, ${sound} were deleted.`);
  }
  const sentence = `${Object.keys(shapes).length} shapes of identity, ${tried} tries of 3 accounts: ${found.length} with a deletion`;
  return toFigure('S12', sentence, found);
}
