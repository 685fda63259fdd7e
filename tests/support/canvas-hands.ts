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

/** Waits until the draft is saved. */
export const saved = (page: Page): Promise<void> =>
  page
    .getByRole('status')
    .filter({ hasText: /^Saved/ })
    .waitFor();

/** Hands on a keyboard: nothing here ever moves or presses a mouse. */
export function keysOn(page: Page) {
  const { keyboard } = page;
  /** What a screen reader would call the element that has the focus. */
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label');
      return (label ?? element?.textContent ?? '').trim();
    });
  const until = async (name: RegExp): Promise<void> => {
    await page.waitForFunction((source) => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label');
      return new RegExp(source).test((label ?? element?.textContent ?? '').trim());
    }, name.source);
  };

  /** Opens the settings of what has the focus on the canvas. */
  const enter = async (): Promise<void> => {
    await keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('aside[aria-label^="Settings of"]'));
  };

  return {
    until,
    /** Presses Tab until something of that name has the focus. */
    async tabTo(name: RegExp): Promise<void> {
      for (let presses = 0; presses < 60; presses += 1) {
        if (name.test(await focused())) return;
        await keyboard.press('Tab');
      }
      throw new Error(`Tab does not come to ${name.source}; it stands on "${await focused()}".`);
    },
    /** Adds a block after the selected one, and opens its settings. */
    async add(search: string): Promise<void> {
      await keyboard.press('F6');
      for (let presses = 0; presses < 3 && !/^Find a block or preset/.test(await focused()); presses += 1) {
        await keyboard.press('F6');
      }
      await keyboard.press('ControlOrMeta+a');
      await keyboard.type(search);
      await keyboard.press('Enter');
      await keyboard.press('Escape');
      await keyboard.press('Escape');
      await page.waitForFunction(() => document.activeElement?.matches('.react-flow__node.selected'));
      await enter();
    },
    enter,
    /** Chooses in the list that has the focus. */
    async choose(option: string): Promise<void> {
      await keyboard.type(option);
      await page.getByRole('option', { name: option }).first().waitFor();
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
    },
    /** Chooses in the list that has the focus, where nothing can be typed into it. */
    async pick(option: string): Promise<void> {
      await keyboard.press('ArrowDown');
      await page.getByRole('option', { name: option }).waitFor();
      const active = page.locator('[role="option"][data-combobox-selected]');
      for (let presses = 0; presses < 20; presses += 1) {
        if ((await active.count()) > 0 && (await active.first().textContent())?.trim() === option) break;
        await keyboard.press('ArrowDown');
      }
      await keyboard.press('Enter');
      await page.getByRole('option', { name: option }).waitFor({ state: 'hidden' });
    },
    /** Finds a block on the canvas and opens its settings. */
    async open(name: string): Promise<void> {
      // An open list takes the first Escape for itself.
      const isOnCanvas = () => page.evaluate(() => document.activeElement?.closest('.react-flow') != null);
      for (let presses = 0; presses < 5 && !(await isOnCanvas()); presses += 1) {
        await keyboard.press('Escape');
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
      await keyboard.press('ControlOrMeta+f');
      await until(/^Find a block on the canvas$/);
      await keyboard.type(name);
      await keyboard.press('Enter');
      await page.getByRole('complementary', { name: `Settings of ${name}` }).waitFor();
      await page.waitForFunction(() => document.activeElement?.matches('.react-flow__node.selected'));
    },
    /** Does something by its words in the search. */
    async command(words: string): Promise<void> {
      await keyboard.press('ControlOrMeta+k');
      await until(/^Find a page/);
      await keyboard.type(words);
      await page.getByRole('button', { name: words }).first().waitFor();
      await keyboard.press('Enter');
    },
  };
}
