import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '#contract';
import type { createApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { slowestFrame } from '../support/canvas-frames.ts';
import { keysOn, mouseOn, settled } from '../support/canvas-hands.ts';
import { drawing, openDrawn } from '../support/drawn.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { draftOf, ownerOf } from '../support/story.ts';

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

const open = (graph: Graph) => openDrawn({ stage, api, page: seen.page }, graph);

/** Waits until a block has the keyboard, and tells whether all of it is on the screen. */
async function isReached(id: string): Promise<boolean> {
  const { page } = seen;
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute('data-id') === wanted, id);
  await settled(page);
  const card = await mouseOn(page).node(id).boundingBox();
  const pane = await page.locator('.react-flow').boundingBox();
  if (!card || !pane) return false;
  return (
    card.x >= pane.x &&
    card.y >= pane.y &&
    card.x + card.width <= pane.x + pane.width &&
    card.y + card.height <= pane.y + pane.height
  );
}

describe('a draft of 500 blocks', () => {
  it('is walked through by Alt and the arrows, also out of sight', async () => {
    const { page } = seen;
    await open(drawing.many(500));
    await mouseOn(page).node('s0').click();
    for (let column = 1; column < 20; column += 1) {
      await page.keyboard.press('Alt+ArrowRight');
      await page.waitForFunction(
        (wanted) => document.activeElement?.getAttribute('data-id') === wanted,
        `s${column}`,
      );
    }
    expect(await isReached('s19')).toBe(true);
    for (let row = 1; row < 25; row += 1) await page.keyboard.press('Alt+ArrowDown');

    // The last row is one block shorter.
    expect(await isReached('s498')).toBe(true);
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(150);
  });

  it('gives its far end to whoever searches, without waiting for the search to open', async () => {
    const { page } = seen;
    await mouseOn(page).node('s498').click();
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('check s0');
    await page.keyboard.press('Enter');
    expect(await isReached('s0')).toBe(true);
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('check s470');
    await page.keyboard.press('Enter');

    expect(await isReached('s470')).toBe(true);
  });

  it('is gone through from issue to issue by F8', async () => {
    const { page } = seen;
    await page.keyboard.press('Escape');
    await page.keyboard.press('F8');
    const form = page.getByRole('complementary', { name: /^Settings of Check s/ });
    await form.waitFor();
    const first = await form.getAttribute('aria-label');
    await page.keyboard.press('F8');
    await expect.poll(() => form.getAttribute('aria-label')).not.toBe(first);
    await settled(page);
    const id = (await form.getAttribute('aria-label'))?.replace('Settings of Check ', '') ?? '';

    await keysOn(page).until(/rule/i);
    expect(await mouseOn(page).node(id).isVisible()).toBe(true);
  });

  it('moves a block among 500 without a frame over 50 ms', async () => {
    const { page } = seen;
    const mouse = mouseOn(page);
    const made = await open(drawing.many(500));
    const at = await mouse.centreOf(mouse.node('s21').locator('[class*="_head"]'));
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    const moves = Array.from({ length: 40 }, (_, turn) => () => {
      return page.mouse.move(at.x + turn * 3, at.y + (turn % 20) * 4);
    });
    const slowest = await slowestFrame(page, moves);
    await page.mouse.up();
    console.log(
      `The slowest frame of dragging one among 500 blocks took ${slowest} ms of the page's own time.`,
    );

    expect(slowest).toBeGreaterThan(0);
    expect(slowest).toBeLessThanOrEqual(50);
    await expect
      .poll(async () => (await draftOf(api, made.id)).blocks[22]?.position)
      .not.toEqual(drawing.step('s21', 2, 1).position);
  });
});

describe('a note', () => {
  it('is resized by the keyboard, in one step of undo', async () => {
    const { page } = seen;
    const noted = { id: 'note:1', text: 'Ask HR', position: { x: 336, y: 200 }, width: 240, height: 96 };
    const made = await open({ ...drawing.chain, notes: [noted] });
    await mouseOn(page).node('note:1').click();
    for (const key of ['Right', 'Right', 'Down'])
      await page.keyboard.press(`ControlOrMeta+Shift+Arrow${key}`);
    await expect
      .poll(async () => (await draftOf(api, made.id)).notes?.[0])
      .toEqual({
        ...noted,
        width: 272,
        height: 112,
      });
    const box = await mouseOn(page).node('note:1').boundingBox();
    await seen.shoot('canvas-note-keys');
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(272 / 112, 1);
    await page.keyboard.press('ControlOrMeta+z');

    await expect.poll(async () => (await draftOf(api, made.id)).notes?.[0]).toEqual(noted);
    expect(seen.complaints).toEqual([]);
  });
});
