import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph, Workflow } from '#contract';
import type { createApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { keysOn, mouseOn, saved, settled } from '../support/canvas-hands.ts';
import { drawing, openDrawn, showDrawn } from '../support/drawn.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { draftOf, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ReturnType<typeof createApiClient>;
let seen: Visit;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  seen = await visitSignedIn(stage, { permissions: ['clipboard-read', 'clipboard-write'] });
  // The page asks before it is left while a save is under way; the next test goes on.
  seen.page.on('dialog', (dialog) => void dialog.accept());
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const { step, begin, chain } = drawing;
/** A workflow with this draft, open on the screen. */
const open = (graph: Graph, visit = seen) => openDrawn({ stage, api, ...visit }, graph);
const show = (id: string) => showDrawn({ stage, page: seen.page }, id);

/** Selects several blocks; the panel that opens beside the first one takes room, so all is brought into view again. */
async function select(first: string, ...others: string[]): Promise<void> {
  const { page } = seen;
  const mouse = mouseOn(page);
  await mouse.node(first).click();
  await page.keyboard.press('f');
  await settled(page);
  for (const id of others) await mouse.node(id).click({ modifiers: ['Shift'] });
}

const idsOf = (graph: Graph) => graph.blocks.map((block) => block.id);

describe('the canvas', () => {
  it('copies blocks with their edges into another workflow, by the clipboard', async () => {
    const { page } = seen;
    const mouse = mouseOn(page);
    await open(chain);
    await select('a', 'b');
    await page.keyboard.press('ControlOrMeta+c');
    const other = await open({ blocks: [begin], edges: [] });
    await mouse.node('begin').click();
    await page.keyboard.press('ControlOrMeta+v');
    await mouse.node('check_b').waitFor();
    await saved(seen.page);
    const draft = await draftOf(api, other.id);

    expect(idsOf(draft)).toEqual(['begin', 'check_a', 'check_b']);
    expect(draft.edges.map(({ id }) => id)).toEqual(['check_a.yes.check_b']);
  });

  it('says so when the clipboard holds something else', async () => {
    const { page } = seen;
    await open(chain);
    await page.evaluate(() => navigator.clipboard.writeText('just words'));
    await mouseOn(page).node('a').click();
    await page.keyboard.press('ControlOrMeta+v');

    await page.getByText('The clipboard holds no blocks').waitFor();
  });

  it('undoes and redoes settings, places, notes and connections alike', async () => {
    const { page } = seen;
    const mouse = mouseOn(page);
    const made = await open(chain);
    const start = await draftOf(api, made.id);

    await mouse.node('c').click();
    await page.getByRole('textbox', { name: 'Name of the block' }).fill('Renamed');
    await page.keyboard.press('Escape');
    await settled(page);
    const at = await mouse.centreOf(mouse.node('c').locator('[class*="_head"]'));
    await mouse.drag(at, { x: at.x, y: at.y + 120 });
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('Ask HR');
    await page.keyboard.press('Escape');
    await mouse.node('b').click();
    await page.getByRole('button', { name: 'Delete this block' }).click();
    await saved(seen.page);
    const end = await draftOf(api, made.id);
    expect(end.notes?.[0]?.text).toBe('Ask HR');
    expect(end.edges).toHaveLength(1);
    expect(end.blocks.find((block) => block.id === 'c')?.position.y).toBeGreaterThan(60);
    expect(end.blocks.find((block) => block.id === 'c')?.name).toBe('Renamed');

    const undo = page.getByRole('button', { name: 'Undo' });
    while ((await undo.getAttribute('aria-disabled')) === null) await undo.click();
    await saved(seen.page);
    await expect.poll(() => draftOf(api, made.id)).toEqual(start);
    const redo = page.getByRole('button', { name: 'Redo' });
    while ((await redo.getAttribute('aria-disabled')) === null) await redo.click();
    await saved(seen.page);
    await expect.poll(() => draftOf(api, made.id)).toEqual(end);
  });

  it('groups blocks, moves them by the title of their frame, and takes them apart', async () => {
    const { page } = seen;
    const mouse = mouseOn(page);
    const made = await open(chain);
    await select('a', 'b');
    await page.keyboard.press('ControlOrMeta+g');
    await keysOn(page).until(/^Group Group/);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Title of the group' }).fill('Checks');
    await page.keyboard.press('Enter');
    await settled(page);
    const title = await mouse.centreOf(mouse.node('group:1').locator('[data-frame-title]'));
    await mouse.drag(title, { x: title.x, y: title.y + 80 });
    await saved(seen.page);
    await seen.shoot('canvas-group');

    await expect
      .poll(async () => (await draftOf(api, made.id)).groups)
      .toEqual([{ id: 'group:1', title: 'Checks', members: ['a', 'b'] }]);
    const [, a, b, c] = (await draftOf(api, made.id)).blocks;
    expect(a?.position.y).toBeGreaterThan(40);
    expect(b?.position.y).toBe(a?.position.y);
    expect(c?.position.y).toBe(0);

    await page.keyboard.press('ControlOrMeta+Shift+g');
    await expect.poll(async () => (await draftOf(api, made.id)).groups).toBeUndefined();
  });

  it('aligns and distributes several blocks', async () => {
    const { page } = seen;
    const made = await open({
      blocks: [begin, step('a', 1, 0), step('b', 1.5, 1), step('c', 3, 2)],
      edges: chain.edges,
    });
    await mouseOn(page).node('a').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.getByRole('button', { name: 'Align top' }).click();
    await page.getByRole('button', { name: 'Distribute across' }).click();

    await expect
      .poll(async () => (await draftOf(api, made.id)).blocks.map(({ position }) => position))
      .toEqual([0, 336, 672, 1008].map((x) => ({ x, y: 0 })));
  });

  it('leads an edge elsewhere by its end', async () => {
    const { page } = seen;
    const mouse = mouseOn(page);
    const made = await open(chain);
    const end = await mouse.centreOf(mouse.handle('b', 'in'));
    await page
      .locator('.react-flow__edge[data-id="a.yes.b"]')
      .click({ position: { x: 8, y: 4 }, force: true });
    await mouse.drag({ x: end.x - 5, y: end.y }, await mouse.centreOf(mouse.handle('c', 'in')));

    await expect
      .poll(async () => (await draftOf(api, made.id)).edges.map(({ id }) => id).sort())
      .toEqual(['a.yes.c', 'b.yes.c', 'begin.next.a']);
  });

  it('offers what can be done with the right mouse button, and a place for the first block', async () => {
    const { page } = seen;
    const mouse = mouseOn(page);
    const pick = async (name: string): Promise<void> => {
      await page.getByRole('menu').getByRole('menuitem', { name }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
    };
    const made = await open(chain);
    await page.locator('.react-flow__edge[data-id="b.yes.c"]').click({ force: true, button: 'right' });
    await pick('Remove');
    await expect.poll(async () => (await draftOf(api, made.id)).edges).toHaveLength(2);
    await saved(seen.page);
    await mouse.node('a').click({ button: 'right' });
    await pick('Copy');
    await page.getByText('Copied. Paste it here').waitFor();
    const other = await open({ blocks: [begin], edges: [] });
    await page.getByRole('button', { name: 'Add the first block' }).click();
    await keysOn(page).until(/^Go on with a block$/);
    await page.keyboard.type('wait');
    await page.keyboard.press('Enter');
    await mouse.node('wait').waitFor();
    await page.locator('.react-flow__pane').click({ button: 'right', position: { x: 300, y: 60 } });
    await pick('Paste');
    await mouse.node('check_a').waitFor();

    await expect.poll(async () => idsOf(await draftOf(api, other.id))).toEqual(['begin', 'wait', 'check_a']);
    expect((await draftOf(api, other.id)).edges.map(({ id }) => id)).toEqual(['begin.next.wait']);
  });

  it('keeps favourites on top of the palette', async () => {
    const { page } = seen;
    const mouse = mouseOn(page);
    await open(chain);
    await mouse.entry('if').hover();
    await page.getByRole('button', { name: 'Make If a favourite' }).click();
    await show((await open(chain)).id);
    const favourites = page.getByRole('region', { name: 'Favourites' });
    await favourites.getByRole('button', { name: 'If', exact: true }).waitFor();
    await favourites.getByRole('button', { name: 'Take If from the favourites' }).click();

    await favourites.waitFor({ state: 'detached' });
  });

  it('jumps from an issue to its block, also by F8', async () => {
    const { page } = seen;
    const lonely = step('lonely', 1, 30);
    await open({ blocks: [...chain.blocks, lonely], edges: chain.edges });
    await page.getByRole('button', { name: /warning|error/ }).click();
    await page
      .getByRole('region', { name: 'Issues' })
      .getByRole('button', { name: /Check lonely/ })
      .first()
      .click();
    await page.getByRole('complementary', { name: 'Settings of Check lonely' }).waitFor();
    await settled(page);
    const box = await mouseOn(page).node('lonely').boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(900);

    await page.keyboard.press('F8');
    await page.getByRole('complementary', { name: /^Settings of Check [abc]$/ }).waitFor();
  });

  it('warns when somebody else saved first, and lets one choose', async () => {
    const { page } = seen;
    const made = await open(chain);
    const { revision } = await api.get<Workflow>(`/workflows/${made.id}`);
    await api.send('PUT', `/workflows/${made.id}/draft`, { revision, graph: { ...chain, edges: [] } });
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('Mine');
    await page.keyboard.press('Escape');
    await page.getByRole('alert').getByText('Somebody else saved first').waitFor();
    await page.getByRole('button', { name: 'Save mine over theirs' }).click();

    await expect.poll(async () => (await draftOf(api, made.id)).notes?.[0]?.text).toBe('Mine');
    // The refused save is what the browser complained about.
    seen.complaints.length = 0;
  });

  it('asks before work is left that could not be saved', async () => {
    const { page } = seen;
    const made = await open(chain);
    await page.route('**/draft', (route) => route.abort());
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('Not saved');
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    expect(page.url()).toContain(made.id);
    await page.unroute('**/draft');
    await page.keyboard.press('ControlOrMeta+s');

    await expect.poll(async () => (await draftOf(api, made.id)).notes?.[0]?.text).toBe('Not saved');
    seen.complaints.length = 0;
  });

  it('leaves no complaint in the console', () => {
    expect(seen.complaints).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  it('nothing in the editor keeps anybody out', async () => {
    const own = await visitSignedIn(stage, { colorScheme: scheme, reducedMotion: 'reduce' });
    const { page } = own;
    const keys = keysOn(page);
    const noted = {
      id: 'note:1',
      text: 'Ask HR before this runs',
      position: { x: 336, y: 200 },
      width: 240,
      height: 96,
    };
    await open(
      { ...chain, notes: [noted], groups: [{ id: 'group:1', title: 'Checks', members: ['b', 'c'] }] },
      own,
    );
    const look = async (name: string): Promise<void> => {
      await own.shoot(`canvas-${scheme}-${name}`);
      expect(await obstacles(page), name).toEqual([]);
    };

    await look('open');
    await page
      .getByRole('button', { name: /issue|warning|error/ })
      .first()
      .click();
    await mouseOn(page).node('a').click();
    await look('settings and issues');
    await page.keyboard.press('ControlOrMeta+a');
    await look('several selected');
    await mouseOn(page).node('note:1').dblclick();
    await look('writing a note');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+f');
    await keys.until(/^Find a block on the canvas$/);
    await look('finding');
    await page.keyboard.press('Escape');
    await page.locator('#palette-search').fill('user');
    await look('palette search');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await keys.until(/^Note: Ask HR|^Begin|^Check/);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor();
    await look('shortcuts');
    expect(own.complaints).toEqual([]);
  });

  it('can be read on a narrow screen', async () => {
    const own = await visitSignedIn(stage, { colorScheme: scheme, viewport: { width: 390, height: 844 } });
    await open(chain, own);
    await own.shoot(`canvas-${scheme}-narrow`);

    expect(await own.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
