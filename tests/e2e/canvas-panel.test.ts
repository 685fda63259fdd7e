import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shootFailures } from '../support/browser.ts';
import { mouseOn, settled } from '../support/canvas-hands.ts';
import { type CanvasWorld, emptyWorkflow, openCanvasWorld } from '../support/canvas-world.ts';
import { visitSignedIn } from '../support/signed-in.ts';

let world: CanvasWorld;
let address: string;

beforeAll(async () => {
  world = await openCanvasWorld();
  address = `${world.stage.server.url}/workflows/${(await emptyWorkflow(world, 'Panel')).id}`;
});

afterAll(() => world?.stage.close());

shootFailures(() => world.seen);

const edgeOf = (page: Page) => page.getByRole('separator', { name: 'Width of the settings' });
const widthOf = async (page: Page): Promise<number> =>
  Math.round(
    (await page.getByRole('complementary', { name: 'Settings of Begin' }).boundingBox())?.width ?? 0,
  );

async function openBegin(page: Page): Promise<void> {
  await page.goto(address);
  await settled(page);
  await mouseOn(page).node('begin').click();
  await page.getByRole('complementary', { name: 'Settings of Begin' }).waitFor();
  await settled(page);
}

describe('the edge of the settings', () => {
  it('is dragged, and the width is kept', async () => {
    const { page } = world;
    await openBegin(page);
    expect(await widthOf(page)).toBe(400);
    const mouse = mouseOn(page);
    const at = await mouse.centreOf(edgeOf(page));
    await mouse.drag(at, { x: at.x - 120, y: at.y + 40 });
    expect(await widthOf(page)).toBe(520);
    await openBegin(page);

    expect(await widthOf(page)).toBe(520);
    expect(await edgeOf(page).getAttribute('aria-valuenow')).toBe('520');
    await world.seen.shoot('canvas-panel-wide');
  });

  it('keeps the selected block in sight when it is moved over it', async () => {
    const { page } = world;
    await openBegin(page);
    await edgeOf(page).focus();
    // Begin is brought to the edge of the panel first, by the smallest panel that there is.
    for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press('ArrowRight');
    const canvas = page.locator('.react-flow');
    const seen = await canvas.boundingBox();
    const begin = await mouseOn(page).node('begin').boundingBox();
    await page.mouse.move((begin?.x ?? 0) + 20, (begin?.y ?? 0) - 60);
    await page.mouse.wheel(-((seen?.x ?? 0) + (seen?.width ?? 0) - (begin?.x ?? 0) - 270), 0);
    await settled(page);
    const roomRight = async (): Promise<number> => {
      const [card, pane] = [await mouseOn(page).node('begin').boundingBox(), await canvas.boundingBox()];
      if (!card || !pane) throw new Error('There is no card on the canvas.');
      return pane.x + pane.width - card.x - card.width;
    };
    const before = await roomRight();
    await edgeOf(page).press('Shift+ArrowLeft');
    await edgeOf(page).press('Shift+ArrowLeft');
    await settled(page);

    expect(before).toBeGreaterThanOrEqual(0);
    expect(before).toBeLessThan(128);
    expect(await roomRight()).toBeGreaterThanOrEqual(0);
  });

  it('is moved by the arrow keys within its bounds, and reset by Home and by a double click', async () => {
    const { page } = world;
    await openBegin(page);
    const edge = edgeOf(page);
    await edge.press('Home');
    expect(await widthOf(page)).toBe(400);
    await edge.press('ArrowLeft');
    expect(await widthOf(page)).toBe(416);
    await edge.press('Shift+ArrowRight');
    expect(await widthOf(page)).toBe(352);
    await edge.press('Shift+ArrowRight');
    expect(await widthOf(page)).toBe(Number(await edge.getAttribute('aria-valuemin')));
    for (let presses = 0; presses < 8; presses += 1) await edge.press('Shift+ArrowLeft');
    expect(await widthOf(page)).toBe(Number(await edge.getAttribute('aria-valuemax')));
    await edge.dblclick();

    expect(await widthOf(page)).toBe(400);
  });

  it('leaves the canvas its place in a smaller window', async () => {
    const { page } = world;
    await openBegin(page);
    for (let presses = 0; presses < 8; presses += 1) await edgeOf(page).press('Shift+ArrowLeft');
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => widthOf(page)).toBeLessThan(640);
    const canvas = await page.locator('.react-flow').boundingBox();
    await world.seen.shoot('canvas-panel-1280');
    await page.setViewportSize({ width: 1440, height: 900 });

    expect(canvas?.width).toBeGreaterThanOrEqual(280);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
  });

  it('is absent on a phone, where the panel is as wide as the screen', async () => {
    const { page, complaints } = await visitSignedIn(world.stage, { viewport: { width: 390, height: 844 } });
    await openBegin(page);

    expect(await edgeOf(page).count()).toBe(0);
    expect(await widthOf(page)).toBe(390);
    expect(complaints).toEqual([]);
  });
});
