import { expect, test } from 'vitest';
import { createContactWorld, publicUrl } from '../support/contact-world.ts';
import { createLoadWorld, launch, run } from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

const dayMs = 86_400_000;

test('contacts are told that a load failed, in the app and by e-mail, with the way to it', async () => {
  const world = createContactWorld();
  const id = world.addIntegration();
  const load = world.addLoad(id, 'failed', 'Page 2 of /people: Webex answered 503.');

  await world.contacts.tellOfLoads();
  await world.contacts.tellOfLoads();

  expect(world.notes()).toMatchObject([{ level: 'error', operatorId: 'opr_ada', link: `/loads/${load}` }]);
  expect(world.mails().map(({ recipient }) => recipient)).toEqual(['ada@acme.test', 'it@acme.test']);
  const { subject, text } = world.mails()[0]!;
  expect(subject).toBe('The user load “Webex users” failed');
  expect(text).toContain('Page 2 of /people: Webex answered 503.');
  expect(text).toContain(`${publicUrl}/integrations/${id}`);
  expect(text).toContain('Records read: 7');
});

test('there is one e-mail for each kind of trouble until a load goes well, and one that it does', async () => {
  const world = createContactWorld();
  const id = world.addIntegration({ contacts: { operatorIds: ['opr_ada'], addresses: [] } });
  const subjects = () =>
    world.mails().map(({ subject }) => subject.replace('The user load “Webex users” ', ''));
  const happens = async (status: 'failed' | 'held' | 'succeeded' | 'completed_with_errors' | 'cancelled') => {
    world.addLoad(id, status);
    await world.contacts.tellOfLoads();
  };

  await happens('succeeded');
  expect(subjects()).toEqual([]);
  for (let n = 0; n < 20; n += 1) await happens('failed');
  await happens('held');
  await happens('cancelled');
  expect(subjects()).toEqual(['failed', 'is held']);
  await happens('completed_with_errors');
  await happens('succeeded');
  expect(subjects()).toEqual(['failed', 'is held', 'works again']);
  await happens('failed');
  expect(subjects()).toEqual(['failed', 'is held', 'works again', 'failed']);
});

test('trouble that goes on fills no list: of what was not read, the newest stays', async () => {
  const world = createContactWorld();
  const id = world.addIntegration();
  const fail = async () => {
    world.addLoad(id, 'failed', 'It broke.');
    await world.contacts.tellOfLoads();
  };

  await fail();
  world.database.$client.exec('UPDATE notifications SET is_read = 1');
  await fail();
  await fail();

  expect(world.notes().map(({ isRead }) => isRead)).toEqual([true, false]);
});

test('a load that has not finished after a day is told once, and its end too', async () => {
  const world = createContactWorld();
  const id = world.addIntegration();
  world.addLoad(id, 'running');

  await world.contacts.tellOfLoads();
  expect(world.notes()).toEqual([]);
  world.clock.set(world.clock.now() + dayMs + 1);
  await world.contacts.tellOfLoads();
  await world.contacts.tellOfLoads();

  expect(world.notes().map(({ title }) => title)).toEqual([
    'The user load “Webex users” has not finished within 24 hours',
  ]);

  world.database.$client.exec("UPDATE loads SET status = 'failed', finished_at = 1, error = 'Cut off.'");
  await world.contacts.tellOfLoads();
  expect(world.notes().map(({ title }) => title)).toContain('The user load “Webex users” failed');
});

test('without contacts everybody is told in the app, and nobody by e-mail', async () => {
  const world = createContactWorld();
  const id = world.addIntegration({ contacts: { operatorIds: ['opr_gone'], addresses: [] } });
  world.addLoad(id, 'failed', 'It broke.');

  await world.contacts.tellOfLoads();

  expect(world.notes()).toMatchObject([{ operatorId: null }]);
  expect(world.mails()).toEqual([]);
});

test('a server without a mail server keeps no e-mails', async () => {
  const world = createContactWorld({ sendsMail: false });
  world.addLoad(world.addIntegration(), 'failed', 'It broke.');

  await world.contacts.tellOfLoads();

  expect(world.notes()).toHaveLength(1);
  expect(world.mails()).toEqual([]);
});

test('what a load itself says in the end is what contacts read', async () => {
  const loads = await createLoadWorld(() => answer(503, { message: 'Down for repairs.' }));
  const id = await launch(loads);
  const { contacts, notes } = createContactWorld({ database: loads.database });

  const load = await run(loads, id);
  await contacts.tellOfLoads();

  expect(load.status).toBe('failed');
  expect(notes()).toMatchObject([{ link: `/loads/${load.id}`, message: expect.stringContaining('503') }]);
});
