import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Graph, Run, Workflow } from '#contract';
import type { createApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { settled } from '../support/canvas-hands.ts';
import { drawing } from '../support/drawn.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { finished, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ReturnType<typeof createApiClient>;
let seen: Visit;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  seen = await visitSignedIn(stage);
});

afterAll(() => stage?.close());

shootFailures(() => seen);

/** A run over nobody of so many blocks, in rows of 20. */
async function runOf(count: number): Promise<Run> {
  const drawn = drawing.many(count);
  const graph: Graph = {
    blocks: drawn.blocks.map((block) =>
      block.type === 'if'
        ? { ...block, type: 'set-variable', settings: { variables: [{ name: block.id, value: '1' }] } }
        : block,
    ),
    edges: drawn.edges.map((edge) => ({ ...edge, exit: 'next' })),
  };
  const made = await api.send<Workflow>('POST', '/workflows', { name: 'Long', records: { kind: 'people' } });
  const path = `/workflows/${made.id}`;
  const { revision } = await api.send<Workflow>('PUT', `${path}/draft`, { revision: made.revision, graph });
  await api.send('PUT', `${path}/activation`, { revision, note: '' });
  const run = await api.send<Run>('POST', `${path}/runs`, {});
  return finished(api, run.id);
}

async function open(page: Page, { id }: Run): Promise<void> {
  await page.goto(`${stage.server.url}/runs/${id}`);
  await page.locator('.react-flow__node').first().waitFor();
  await settled(page);
}

/** How far behind the left edge of the canvas its first block begins. */
const leftOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    const cards = [...document.querySelectorAll('.react-flow__node')].map((one) =>
      one.getBoundingClientRect(),
    );
    if (!pane) throw new Error('There is no canvas.');
    return Math.min(...cards.map(({ left }) => left)) - pane.left;
  });

it('draws of a run of 400 blocks only what is in sight, also after it was moved', async () => {
  const { page } = seen;
  await open(page, await runOf(400));
  const nodes = page.locator('.react-flow__node');
  const before = await nodes.count();
  const first = await nodes.first().getAttribute('data-id');
  await page.locator('.react-flow__pane').hover();
  await page.mouse.wheel(0, 3000);
  await settled(page);

  expect(before).toBeGreaterThan(3);
  expect(before).toBeLessThan(200);
  expect(await nodes.count()).toBeLessThan(200);
  expect(await page.locator(`.react-flow__node[data-id="${first}"]`).count()).toBe(0);
  await seen.shoot('run-canvas-400');
});

it('fits again when a phone is turned, unless a hand has moved it', async () => {
  const own = await visitSignedIn(stage, { viewport: { width: 390, height: 844 } });
  const { page } = own;
  await open(page, await runOf(4));
  const styleOf = () => page.locator('.react-flow__viewport').getAttribute('style');
  const upright = await styleOf();
  await page.setViewportSize({ width: 844, height: 390 });
  await expect.poll(styleOf).not.toBe(upright);
  await settled(page);
  expect(await leftOf(page)).toBeGreaterThanOrEqual(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(styleOf).toBe(upright);

  await page.locator('.react-flow__pane').hover();
  await page.mouse.wheel(60, 0);
  await expect.poll(styleOf).not.toBe(upright);
  await settled(page);
  const moved = await styleOf();
  await page.setViewportSize({ width: 844, height: 390 });
  await settled(page);

  expect(await styleOf()).toBe(moved);
  expect(own.complaints).toEqual([]);
});
