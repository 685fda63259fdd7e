import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Credential, Graph, IntegrationDetails, Workflow } from '#contract';
import { shootFailures } from '../support/browser.ts';
import { mouseOn } from '../support/canvas-hands.ts';
import { type CanvasWorld, emptyWorkflow, openCanvasWorld } from '../support/canvas-world.ts';
import { draftOf, owner } from '../support/story.ts';

let world: CanvasWorld;
let workflow: Workflow;
/** What forms can choose: another workflow, a webhook, an integration, an app, an operator. */
let ids: Record<'workflow' | 'webhook' | 'integration' | 'app' | 'operator', string>;

beforeAll(async () => {
  world = await openCanvasWorld();
  const { api, appId: app } = world;
  const other = await api.send<Workflow>('POST', '/workflows', {
    name: 'Say goodbye',
    records: { kind: 'people' },
  });
  workflow = await emptyWorkflow(world, 'Every form');
  const integrations = await api.get<{ items: IntegrationDetails['integration'][] }>('/integrations');
  const session = await api.get<{ operator: { id: string } }>('/session');
  ids = {
    workflow: other.id,
    webhook: '',
    integration: integrations.items[0]?.id ?? '',
    app,
    operator: session.operator.id,
  };
});

afterAll(() => world?.stage.close());

shootFailures(() => world.seen);

const formOf = () => world.page.getByRole('complementary', { name: /^Settings of/ });

/** A hand in the form of the selected block. */
function handIn(form: Locator) {
  const { page } = world;
  const pick = async (label: string, option: string | RegExp): Promise<void> => {
    // The input of a list that takes several is covered by what is chosen.
    await form.getByRole('combobox', { name: label, exact: true }).click({ force: true });
    await page.getByRole('option', { name: option }).first().click();
  };
  return {
    pick,
    /** Chooses from a list that stays open for more, and leaves it. */
    async pickMore(label: string, option: string | RegExp): Promise<void> {
      await pick(label, option);
      await page.keyboard.press('Escape');
    },
    /** Types over what is there; a list of variables that opens is closed. */
    async type(label: string, text: string): Promise<void> {
      const input = form.getByLabel(label, { exact: true });
      await input.click();
      await input.press('ControlOrMeta+a');
      await page.keyboard.type(text);
      if ((await input.getAttribute('aria-expanded')) === 'true') await page.keyboard.press('Escape');
    },
    press: (name: string) => form.getByRole('button', { name, exact: true }).click(),
    turn: (name: string) => form.getByRole('switch', { name }).click(),
    check: (name: string) => form.getByText(name, { exact: true }).click(),
  };
}

type Hand = ReturnType<typeof handIn>;
type Filling = {
  type: string;
  title: string;
  fill: (hand: Hand) => Promise<unknown>;
  /** What the server has of it afterwards. */
  stored: () => object;
};

const rule = (field: string, operator: string, value?: string) => ({
  field,
  operator,
  ...(value === undefined ? {} : { value }),
});

const blocks: Filling[] = [
  {
    type: 'switch',
    title: 'Switch',
    fill: async ({ type, press, pick }) => {
      await type('Name of case 1', 'Of Acme');
      await press('Add rule');
      await pick('Field', 'Email');
      await pick('Operator', 'Contains');
      await type('Value', '@acme');
      await press('Add a case');
      await press('Remove case 2');
    },
    stored: () => ({
      cases: [
        {
          id: 'case_1',
          label: 'Of Acme',
          condition: { match: 'all', rules: [rule('email', 'contains', '@acme')] },
        },
      ],
    }),
  },
  {
    type: 'set-variable',
    title: 'Set Variable',
    fill: async ({ type, press }) => {
      await type('Name of variable 1', 'address');
      await type('Value of variable 1', '{{email}}');
      await press('Add a variable');
      await type('Name of variable 2', 'gone');
      await press('Remove variable 2');
    },
    stored: () => ({ variables: [{ name: 'address', value: '{{email}}' }] }),
  },
  {
    type: 'wait',
    title: 'Wait',
    fill: async ({ pick, type }) => {
      await pick('Unit', 'Weeks');
      await type('How long', '3');
    },
    stored: () => ({ mode: 'duration', amount: 3, unit: 'weeks' }),
  },
  {
    type: 'approval',
    title: 'Approval',
    fill: async ({ pick, pickMore, type }) => {
      await pick('Asks', 'For each record');
      await type('Question', 'Say goodbye to {{email}}?');
      await pickMore('Operators', new RegExp(owner.name));
      await pickMore('Operators with a role', 'Approvers');
      await type('Expires after (hours)', '48');
    },
    stored: () => ({
      per: 'record',
      question: 'Say goodbye to {{email}}?',
      operatorIds: [ids.operator],
      roles: ['admin', 'owner'],
      hours: 48,
    }),
  },
  {
    type: 'for-each',
    title: 'For Each',
    fill: async ({ pick, type }) => {
      await pick('Goes over', 'The SaaS users of the person');
      await pick('App', 'Webex');
      await pick('SaaS users', 'Active and deactivated');
      await type('At most', '20');
    },
    stored: () => ({ over: 'accounts', appId: ids.app, accounts: 'both', most: 20 }),
  },
  {
    type: 'run-workflow',
    title: 'Run Workflow',
    fill: async ({ pick, turn }) => {
      await pick('Workflow', /^Say goodbye/);
      await turn('Wait until it has ended');
    },
    stored: () => ({ workflowId: ids.workflow, waits: false }),
  },
  {
    type: 'notify',
    title: 'Notify',
    fill: async ({ pick, pickMore, type }) => {
      await pick('Send', 'For each record');
      await pick('How', 'By e-mail');
      await pickMore('Operators with a role', 'Admins');
      await type('E-mail addresses', '{{email}}, hr@acme.test');
      await type('Title', 'About {{email}}');
      await type('Message', 'Gone.');
    },
    stored: () => ({
      when: 'each',
      channel: 'email',
      roles: ['admin'],
      addresses: '{{email}}, hr@acme.test',
      title: 'About {{email}}',
      message: 'Gone.',
    }),
  },
  {
    type: 'notify',
    title: 'Notify',
    fill: async ({ pick, type }) => {
      await pick('Send', 'For each record');
      await pick('How', /^By a webhook/);
      await pick('Webhook', /^IT channel/);
      await type('Message', '{{email}} has left.');
    },
    stored: () => ({ channel: 'webhook', credentialId: ids.webhook, message: '{{email}} has left.' }),
  },
  {
    type: 'collect',
    title: 'Collect',
    fill: ({ pick }) => pick('Waits for', 'All paths of the record (Join)'),
    stored: () => ({ of: 'record' }),
  },
  {
    type: 'stop',
    title: 'Stop',
    fill: ({ type }) => type('Message', '{{email}} stays.'),
    stored: () => ({ message: '{{email}} stays.' }),
  },
];

const triggers: Omit<Filling, 'type'>[] = [
  { title: 'When a record is new', fill: async () => {}, stored: () => ({ trigger: 'record_created' }) },
  {
    title: 'When a record was edited',
    fill: ({ pickMore }) => pickMore('Edited fields', 'Email'),
    stored: () => ({ trigger: 'record_edited', watchedFields: ['email'] }),
  },
  {
    title: 'When a load has finished',
    fill: ({ pick }) => pick('Integration', /^Webex/),
    stored: () => ({ trigger: 'load_finished', watchedIntegrationId: ids.integration }),
  },
  {
    title: 'When another system calls',
    fill: async ({ press, type, pick }) => {
      await press('Make a secret');
      await formOf().getByText('Secret, shown this once').waitFor();
      await type('The record is named at', 'user.email');
      await pick('And found by the field', 'Display name');
      await pick('And found by the field', /^Email/);
    },
    stored: () => ({ trigger: 'webhook', webhookPath: 'user.email', webhookField: 'email' }),
  },
  {
    title: 'By a schedule',
    fill: async ({ pick, check, type }) => {
      await pick('Schedule', 'Every week');
      await check('Wed');
      await formOf().getByLabel('At', { exact: true }).fill('06:30');
      await pick('Time zone', 'Europe/Berlin');
      await type('Grace time (minutes)', '30');
      await pick('When it is later than that', 'Wait for the next time');
    },
    stored: () => ({
      trigger: 'schedule',
      schedule: { cron: '30 6 * * 1,3', timeZone: 'Europe/Berlin' },
      graceMinutes: 30,
      late: 'skip',
    }),
  },
];

/** The settings as the server has them, once the draft is saved. */
const storedOf = (id: string) =>
  expect.poll(
    async () => (await draftOf(world.api, workflow.id)).blocks.find((block) => block.id === id)?.settings,
    {
      timeout: 15_000,
    },
  );

it('makes a webhook, to which Notify sends', async () => {
  const { page } = world;
  await page.goto(`${world.stage.server.url}/credentials/new`);
  await page.getByRole('button', { name: 'Choose Webhook' }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill('IT channel');
  await page.getByRole('button', { name: 'Save credential' }).click();
  await page
    .getByText(/^Enter /)
    .first()
    .waitFor();
  await world.seen.shoot('forms-webhook-missing');
  await page.getByLabel(/^Webhook URL/).fill('https://hooks.slack.com/services/T0/B0/planted');
  await page.getByRole('button', { name: 'Save credential' }).click();
  await page.waitForURL(/\/credentials\/crd_/);
  await world.seen.shoot('forms-webhook-made');
  const { items } = await world.api.get<{ items: Credential[] }>('/credentials');
  ids.webhook = items.find(({ name }) => name === 'IT channel')?.id ?? '';

  expect(ids.webhook).toMatch(/^crd_/);
  expect(await page.getByText('planted').count()).toBe(0);
});

it('fills every form of a block by clicks and keys, and stores what was typed', async () => {
  const { page } = world;
  const mouse = mouseOn(page);
  await page.goto(`${world.stage.server.url}/workflows/${workflow.id}`);
  await mouse.node('begin').click();
  for (const { type, title, fill, stored } of blocks) {
    const known = new Set((await draftOf(world.api, workflow.id)).blocks.map(({ id }) => id));
    await mouse.entry(type).click();
    await page.getByRole('complementary', { name: new RegExp(`^Settings of ${title}`) }).waitFor();
    await fill(handIn(formOf()));
    await expect.poll(async () => (await draftOf(world.api, workflow.id)).blocks.length).toBe(known.size + 1);
    const made = (await draftOf(world.api, workflow.id)).blocks.find(({ id }) => !known.has(id));
    await storedOf(made?.id ?? '').toMatchObject(stored());
  }
  await mouse.fit();
  await world.seen.shoot('forms-all');
  await mouse.node('begin').click();
});

it.each(triggers)('fills the form of Begin: $title', async ({ title, fill, stored }) => {
  const hand = handIn(formOf());
  await hand.pick('Starts', title);
  await fill(hand);

  await storedOf('begin').toMatchObject(stored());
});

it('launches all of it as a version with the same settings', async () => {
  const { page, api } = world;
  await page.getByRole('button', { name: 'Launch version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Launch version 1' }).click();
  await page.getByRole('button', { name: 'Version 1 launched' }).waitFor();
  const { graph } = await api.get<{ graph: Graph }>(`/workflows/${workflow.id}/versions/1`);

  expect(graph).toEqual(await draftOf(world.api, workflow.id));
  expect(world.seen.complaints).toEqual([]);
});
