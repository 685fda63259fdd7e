import { expect, it, onTestFinished } from 'vitest';
import type { Graph, Workflow } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, visit } from '../support/browser.ts';
import { startMailServer } from '../support/mail-server.ts';
import { obstacles } from '../support/obstacles.ts';
import { finished, loadWebex, owner, ownerOf } from '../support/story.ts';

const at = (x: number) => ({ x: x * 336, y: 0 });
const graph: Graph = {
  blocks: [
    { id: 'begin', type: 'begin', name: 'Begin', position: at(0), settings: {} },
    {
      id: 'ask',
      type: 'approval',
      name: 'Ask Ada',
      position: at(1),
      settings: { question: 'May this account go?', roles: ['owner'] },
    },
    { id: 'end', type: 'end', name: 'End', position: at(2), settings: {} },
  ],
  edges: [
    { id: 'e1', from: 'begin', exit: 'next', to: 'ask' },
    { id: 'e2', from: 'ask', exit: 'approved', to: 'end' },
  ],
};

/** A run for one person that asks the owner. */
async function runThatAsks(api: ApiClient): Promise<string> {
  const { id, revision } = await api.send<Workflow>('POST', '/workflows', {
    name: 'Ask first',
    records: { kind: 'people' },
  });
  const saved = await api.send<Workflow>('PUT', `/workflows/${id}/draft`, { revision, graph });
  await api.send('PUT', `/workflows/${id}/activation`, { revision: saved.revision, note: '' });
  const [person] = (await api.get<{ items: { id: string }[] }>('/people?limit=1')).items;
  const run = await api.send<{ id: string }>('POST', `/workflows/${id}/runs`, { recordIds: [person?.id] });
  return run.id;
}

it('a question is answered by the link of its e-mail, without signing in, and once', async () => {
  const mail = await startMailServer();
  const stage = await openStage({ ROLLCALL_SMTP_URL: mail.url, ROLLCALL_MAIL_FROM: 'rollcall@acme.test' });
  onTestFinished(stage.close);
  const api = await ownerOf(stage);
  await loadWebex(api);
  const run = await runThatAsks(api);
  const linkIn = () =>
    mail.mails.map(({ text }) => /https?:\S+answer\?token=\S+/.exec(text ?? '')?.[0]).find(Boolean);
  await expect.poll(linkIn, { timeout: 60_000 }).toBeDefined();

  const seen = await visit(stage.browser, { reducedMotion: 'reduce' });
  const { page } = seen;
  await page.goto(linkIn() ?? '');
  await page.getByRole('heading', { name: 'May this account go?' }).waitFor();
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 844 });
    await seen.shoot(`answer-${scheme}-${width}`);
    expect(await obstacles(page)).toEqual([]);
  }
  await page.getByRole('textbox', { name: 'Reason' }).fill('HR told me.');
  await page.getByRole('button', { name: 'Say yes' }).click();
  await page.getByText(`${owner.name} said yes`).waitFor();
  const { status } = await finished(api, run);
  await page.goto(linkIn() ?? '');
  await page.getByText(/said yes, and the workflow went on/).waitFor();
  await seen.shoot('answer-given');

  expect(status).toBe('succeeded');
  expect(await page.getByRole('button', { name: 'Say yes' }).count()).toBe(0);
  expect(seen.complaints).toEqual([]);
});
