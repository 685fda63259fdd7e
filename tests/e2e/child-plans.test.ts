import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan, Run, RunDetails, Workflow } from '#contract';
import { type ApiBlockStage, openApiBlockStage } from '../support/api-block-world.ts';
import type { Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { finished } from '../support/story.ts';

let world: ApiBlockStage;
let seen: Visit;

beforeAll(async () => {
  world = await openApiBlockStage();
  seen = await visitSignedIn(world.stage, { reducedMotion: 'reduce' });
});

afterAll(() => world?.stage.close());

const position = { x: 0, y: 0 };
const begin = { id: 'begin', type: 'begin', name: 'Begin', position, settings: {} };

/** A workflow over people of Begin and one more block. */
async function workflowWith(name: string, type: string, settings: object): Promise<Workflow> {
  const { api } = world;
  const { id, revision } = await api.send<Workflow>('POST', '/workflows', {
    ...{ name, records: { kind: 'people' } },
  });
  const graph = {
    blocks: [begin, { id: 'next', type, name: 'Next', position, settings }],
    edges: [{ id: 'e', from: 'begin', exit: 'next', to: 'next' }],
  };
  return api.send('PUT', `/workflows/${id}/draft`, { revision, graph });
}

it('a plan shows the numbers of the workflows that it starts, and does not add them to its own', async () => {
  const { api, stage } = world;
  const child = await workflowWith('Switch everybody off', 'update-record', {
    ...{ setStatus: 'deactivated', assignments: [] },
  });
  await api.send('PUT', `/workflows/${child.id}/activation`, { revision: child.revision });
  const parent = await workflowWith('Everything', 'run-workflow', { workflowId: child.id });
  const dry = { mode: 'plan', draft: true };
  const { id } = await api.send<Run>('POST', `/workflows/${parent.id}/runs`, dry);
  const { counts } = await finished(api, id);
  const { family } = await api.get<RunDetails>(`/runs/${id}`);
  const started = family.started[0]?.runId ?? '';
  await finished(api, started);

  await seen.page.goto(`${stage.server.url}/runs/${id}`);

  const children = seen.page.getByRole('region', { name: 'Plans of the workflows that it starts' });
  await children.getByText('Each of their runs has limits and a plan of its own').waitFor();
  const said = await children.getByText(/fields set$/).textContent();
  expect(said?.replaceAll('\u202f', '')).toBe(`${counts.total} fields set`);
  await seen.shoot('plan-with-children');
  const own = await api.get<Plan>(`/runs/${id}/plan`);
  expect(own.counts).toEqual({ 'start-run': counts.total });
  await children.getByRole('link', { name: 'Switch everybody off' }).click();
  await seen.page.waitForURL(`**/runs/${started}`);
});
