import { describe, expect, test } from 'vitest';
import { notify } from '#blocks/notify';
import { mails, notifications, operators } from '../../server/store/schema.ts';
import { messages, prepare } from '../support/decide.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';

type Settings = Record<string, unknown>;

async function told(settings: Settings, sendsMail = true, mode: 'run' | 'plan' = 'run') {
  const client = createScriptedClient(() => answer(200, {}));
  const world: World = createWorld({ client, sendsMail });
  addAccounts(world.database, [{ name: 'ada' }]);
  for (const [id, role] of [
    ['opr_1', 'admin'],
    ['opr_2', 'approver'],
    ['opr_3', 'approver'],
  ] as const) {
    const rest = { name: id, email: `${id}@acme.test`, passwordHash: '', createdAt: 0 };
    world.database
      .insert(operators)
      .values({ id, role, ...rest })
      .run();
  }
  const block: [string, Settings] = [
    'notify',
    { when: 'each', title: 'About {{email}}', message: 'Hello', ...settings },
  ];
  addWorkflow(world.database, aGraph({ begin: ['begin'], tell: block }, ['begin.next > tell']));
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', mode });
  const run = await untilEnded(world, id);
  const { record, steps } = await world.runner.recordSteps(id, 1);
  return {
    id,
    run,
    error: record.error,
    note: steps.at(-1)?.note,
    readers: world.database
      .select()
      .from(notifications)
      .all()
      .map(({ operatorId }) => operatorId),
    mails: world.database.select().from(mails).all(),
  };
}

describe('Notify', () => {
  test('tells everybody in the app where nobody is named', async () => {
    const { readers, mails: sent } = await told({});

    expect(readers).toEqual([null]);
    expect(sent).toEqual([]);
  });

  test('tells operators by name and by role in the app, each once', async () => {
    const { readers } = await told({ operatorIds: ['opr_1', 'opr_2', 'opr_gone'], roles: ['approver'] });

    expect(readers).toEqual(['opr_1', 'opr_2', 'opr_3']);
  });

  test('writes e-mails to operators, to a field of the record and to addresses, each once', async () => {
    const settings = {
      channel: 'email',
      roles: ['admin'],
      addresses: '{{email}}, it@acme.test; it@acme.test',
    };
    const { id, mails: sent, readers, note } = await told(settings);

    expect(sent.map(({ recipient }) => recipient)).toEqual([
      'opr_1@acme.test',
      'ada@acme.test',
      'it@acme.test',
    ]);
    expect(sent[0]).toMatchObject({
      subject: 'About ada@acme.test',
      text: `Hello\n\nhttp://rollcall.test/runs/${id}\n`,
      status: 'waiting',
    });
    expect(readers).toEqual([]);
    expect(note).toBe('E-mail to all admins, ada@acme.test and it@acme.test.');
  });

  test('does both', async () => {
    const { mails: sent, readers } = await told({ channel: 'both', operatorIds: ['opr_3'] });

    expect(sent.map(({ recipient }) => recipient)).toEqual(['opr_3@acme.test']);
    expect(readers).toEqual(['opr_3']);
  });

  test('never lets a value become another header', async () => {
    const { mails: sent } = await told({
      channel: 'email',
      operatorIds: ['opr_1'],
      title: '{{email}}\r\nBcc: all@acme.test',
    });

    expect(sent[0]?.subject).toBe('ada@acme.test Bcc: all@acme.test');
  });

  test.each([
    [{ addresses: '{{missing}}' }, 'tell: There is no address in {{missing}}, so nobody can be written to.'],
    [{ addresses: 'ada at acme' }, 'tell: This is not an e-mail address: ada.'],
    [{ addresses: '{{display_name}}' }, 'tell: This is not an e-mail address: ada.'],
  ])('fails where nobody can be written to: %j', async (settings, sentence) => {
    const { run, error, mails: sent } = await told({ channel: 'email', ...settings });

    expect(run.status).toBe('failed');
    expect(error).toBe(sentence);
    expect(sent).toEqual([]);
  });

  test('fails on a server that sends no e-mails, and says what to set', async () => {
    const { error, mails: sent } = await told({ channel: 'both', operatorIds: ['opr_1'] }, false);

    expect(error).toMatch(/This server sends no e-mails\. Set ROLLCALL_SMTP_URL/);
    expect(sent).toEqual([]);
  });

  test('tells nobody in a dry run', async () => {
    const {
      note,
      mails: sent,
      readers,
    } = await told({ channel: 'both', operatorIds: ['opr_1'] }, true, 'plan');

    expect([sent, readers]).toEqual([[], []]);
    expect(note).toBe('E-mail to 1 operator.');
  });

  test('asks for recipients of an e-mail', () => {
    expect(messages(prepare(notify, { channel: 'email' }))).toEqual([
      'Say who gets the e-mail: operators, a role, or an address.',
    ]);
    expect(messages(prepare(notify, { addresses: 'a@b.c' }))[0]).toMatch(
      /Addresses are written to by e-mail only/,
    );
  });
});
