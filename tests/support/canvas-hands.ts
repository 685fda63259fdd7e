import type { Locator, Page } from 'playwright-core';

type Point = { x: number; y: number };

/** A hand with a mouse on the canvas. */
export function mouseOn(page: Page) {
  const node = (id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
  const handle = (id: string, exit: string): Locator =>
    node(id).locator(`.react-flow__handle[data-handleid="${exit}"]`);
  const entry = (key: string): Locator => page.locator(`[data-entry="${key}"]`);

  const centreOf = async (locator: Locator): Promise<Point> => {
    await locator.scrollIntoViewIfNeeded();
    const box = await locator.boundingBox();
    if (!box) throw new Error('It is not on the screen.');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const drag = async (from: Point, to: Point): Promise<void> => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 });
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await page.mouse.up();
  };

  return {
    node,
    handle,
    entry,
    drag,
    centreOf,
    /** The middle of an edge, where its line is. */
    async middleOf(from: string, exit: string): Promise<Point> {
      const label = page.locator(`.react-flow__edge[data-id^="${from}.${exit}"]`).first();
      return label
        .locator('path')
        .first()
        .evaluate((path: SVGPathElement) => {
          const at = path
            .getPointAtLength(path.getTotalLength() / 2)
            .matrixTransform(path.getScreenCTM() ?? undefined);
          return { x: at.x, y: at.y };
        });
    },
    /** Brings everything into view, so that it can be reached. */
    async fit(): Promise<void> {
      await page.getByRole('button', { name: 'Lay out left to right' }).click();
      await settled(page);
    },
    /** Chooses from a list in the settings. */
    async choose(label: string, option: string): Promise<void> {
      await page
        .getByRole('complementary', { name: /^Settings of/ })
        .getByRole('combobox', { name: label })
        .click();
      await page.getByRole('option', { name: option }).first().click();
    },
  };
}

/** Waits until the canvas has come to rest: two looks in a row see it at the same place. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { sameFor: 0 }));
  await page.waitForFunction(() => {
    const element = document.querySelector('.react-flow__viewport');
    const seen = element?.getAttribute('style') ?? '';
    const memory = window as unknown as { lastPlace?: string; sameFor?: number };
    memory.sameFor = memory.lastPlace === seen ? (memory.sameFor ?? 0) + 1 : 0;
    memory.lastPlace = seen;
    return memory.sameFor > 12;
  });
}
