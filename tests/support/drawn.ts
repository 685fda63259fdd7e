import type { Page } from 'playwright-core';
import type { Graph, Workflow } from '#contract';
import type { ApiClient } from './api-client.ts';
import type { Stage } from './browser.ts';
import { settled } from './canvas-hands.ts';

const step = (id: string, column: number, row: number) => ({
  id,
  type: 'if',
  name: `Check ${id}`,
  position: { x: column * 336, y: row * 160 },
  settings: {},
});
const edge = (from: string, exit: string, to: string) => ({ id: `${from}.${exit}.${to}`, from, exit, to });
const begin = { id: 'begin', type: 'begin', name: 'Begin', position: { x: 0, y: 0 }, settings: {} };

/** Begin and three checks, one after the other. */
const chain: Graph = {
  blocks: [begin, step('a', 1, 0), step('b', 2, 0), step('c', 3, 0)],
  edges: [edge('begin', 'next', 'a'), edge('a', 'yes', 'b'), edge('b', 'yes', 'c')],
};

/** So many blocks in 20 columns, joined row by row. */
function many(count: number): Graph {
  const blocks = Array.from({ length: count - 1 }, (_, at) =>
    step(`s${at}`, (at % 20) + 1, Math.floor(at / 20)),
  );
  const edges = blocks.slice(1).map((block, at) => edge(`s${at}`, 'yes', block.id));
  return { blocks: [begin, ...blocks], edges: [edge('begin', 'next', 's0'), ...edges] };
}

/** Parts of graphs that nobody runs: for what the canvas does with them. */
export const drawing = { step, edge, begin, chain, many };

/** A workflow with this draft, open in a window. */
export async function openDrawn(
  { api, ...window }: { stage: Stage; api: ApiClient; page: Page },
  graph: Graph,
): Promise<Workflow> {
  const made = await api.send<Workflow>('POST', '/workflows', { name: 'Drawn', records: { kind: 'people' } });
  await api.send('PUT', `/workflows/${made.id}/draft`, { revision: made.revision, graph });
  await showDrawn(window, made.id);
  return made;
}

/** Opens a workflow and waits until its canvas has come to rest. */
export async function showDrawn({ stage, page }: { stage: Stage; page: Page }, id: string): Promise<void> {
  await page.goto(`${stage.server.url}/workflows/${id}`);
  await page.locator('.react-flow__node[data-id="begin"]').waitFor();
  await settled(page);
}
