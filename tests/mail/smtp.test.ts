import { expect, test } from 'vitest';
import { sendDueMails } from '#engine/outbox';
import { createSmtp } from '../../server/mail/smtp.ts';
import { createContactWorld } from '../support/contact-world.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';

const from = 'Rollcall <rollcall@acme.test>';
const host = 'rollcall.acme.test';
const dayMs = 86_400_000;

/** A failed load whose two e-mails wait. */
async function aFailure(name = 'Webex users') {
  const world = createContactWorld();
  world.addLoad(world.addIntegration({ name }), 'failed', 'Webex answered 503.');
  await world.contacts.tellOfLoads();
  const deliver = (server: Pick<MailServer, 'url'>) => {
    const mailer = createSmtp({ url: server.url, from, host });
    return sendDueMails({ store: world.mailStore, mailer, clock: world.clock });
  };
  return { ...world, deliver };
}

test('each contact gets one plain e-mail', async () => {
  const world = await aFailure();
  const server = await startMailServer();

  await world.deliver(server);
  await world.deliver(server);

  expect(server.mails.map((mail) => mail.to?.[0]?.address)).toEqual(['ada@acme.test', 'it@acme.test']);
  expect(server.mails[0]).toMatchObject({
    from: { name: 'Rollcall', address: 'rollcall@acme.test' },
    subject: 'The user load “Webex users” failed',
  });
  expect(server.mails[0]?.text).toContain('Webex answered 503.');
  expect(server.mails[0]?.html).toBeUndefined();
  expect(world.mails().map(({ status }) => status)).toEqual(['sent', 'sent']);
});

test('a line break in a name adds no header', async () => {
  const world = await aFailure('Webex\r\nBcc: mallory@evil.test');
  const server = await startMailServer();

  await world.deliver(server);

  expect(server.mails[0]?.bcc).toBeUndefined();
  expect(server.mails).toHaveLength(2);
});

test('a mail server that is down gets them later', async () => {
  const world = await aFailure();
  const down = await startMailServer();
  await down.close();

  await world.deliver(down);
  const [waiting] = world.mails();
  expect(waiting).toMatchObject({
    status: 'waiting',
    attempts: 1,
    error: expect.stringContaining('ECONNREFUSED'),
  });
  expect(waiting!.nextAttemptAt).toBe(world.clock.now() + 30_000);

  const server = await startMailServer();
  await world.deliver(server);
  expect(server.mails).toEqual([]);
  world.clock.set(world.clock.now() + 30_000);
  await world.deliver(server);
  expect(server.mails).toHaveLength(2);
});

test('after a day of trying they are given up, and the app says so', async () => {
  const world = await aFailure();
  const down = await startMailServer();
  await down.close();

  for (let elapsed = 0; elapsed <= dayMs + 3_600_000; elapsed += 1_800_000) {
    await world.deliver(down);
    world.clock.set(world.clock.now() + 1_800_000);
  }

  expect(world.mails().map(({ status }) => status)).toEqual(['given_up', 'given_up']);
  expect(world.notes().map(({ title }) => title)).toContain('An e-mail to it@acme.test could not be sent');
});

test('an address that the mail server refuses for good is given up at once', async () => {
  const world = await aFailure();
  const server = await startMailServer({
    onRcptTo(address, _session, done) {
      const isKnown = address.address === 'ada@acme.test';
      done(isKnown ? null : Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
    },
  });

  await world.deliver(server);

  expect(world.mails().map(({ status }) => status)).toEqual(['sent', 'given_up']);
  expect(world.notes().at(-1)?.message).toContain('No such mailbox');
});

test('a mail that was being sent when the server crashed is sent again under the same id', async () => {
  const world = await aFailure();
  const { clock, mailStore } = world;
  const taken = await mailStore.takeDue(clock.now(), clock.now() + 120_000);
  const server = await startMailServer();

  await world.deliver(server);
  clock.set(clock.now() + 120_000);
  await world.deliver(server);

  expect(server.mails.map(({ messageId }) => messageId)).toContain(`<${taken?.id}@${host}>`);
  expect(server.mails).toHaveLength(2);
});

test('a password is sent over an encrypted connection only, and appears in no reason', async () => {
  const world = await aFailure();
  const server = await startMailServer();

  await world.deliver({ url: server.url.replace('//', '//ada:s3cret-pass@') });

  expect(server.mails).toEqual([]);
  expect(world.mails()[0]?.error).toMatch(/TLS/);
  expect(JSON.stringify([world.mails(), world.notes()])).not.toContain('s3cret-pass');
});

test('a password that the mail server repeats as it came appears in no reason', async () => {
  const world = await aFailure();
  const repeated = Buffer.from('\0ada\0s3cret-pass').toString('base64');
  const server = await startMailServer({
    secure: true,
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error(`No such password: s3cret-pass, ${repeated}`)),
  });
  const url = server.url.replace('smtp://', 'smtps://ada:s3cret-pass@');

  await world.deliver({ url: `${url}/?tls.rejectUnauthorized=false` });

  expect(world.mails()[0]?.error).toMatch(/No such password: •••/);
  expect(JSON.stringify(world.mails())).not.toContain(repeated.slice(10, -6));
});
