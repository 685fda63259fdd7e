import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workflow } from '#contract';
import { shootFailures } from '../support/browser.ts';
import { mouseOn, saved } from '../support/canvas-hands.ts';
import {
  type CanvasWorld,
  deletedBy,
  emptyWorkflow,
  openCanvasWorld,
  waysOf,
} from '../support/canvas-world.ts';

let world: CanvasWorld;
let workflow: Workflow;

beforeAll(async () => {
  world = await openCanvasWorld();
  workflow = await emptyWorkflow(world, 'Cleanup by mouse');
  await world.page.goto(`${world.stage.server.url}/workflows/${workflow.id}`);
  await world.page.locator('.react-flow__node[data-id="begin"]').waitFor();
});

afterAll(() => world?.stage.close());

shootFailures(() => world.seen);

// One story, told in order: each chapter goes on with what the one before has drawn.
describe('with the mouse, from an empty canvas', () => {
  it('drops blocks on edges, which go between the two ends', async () => {
    const { page } = world;
    const mouse = mouseOn(page);
    const dropInto = async (key: string, from: string, exit: string) => {
      await mouse.fit();
      const start = await mouse.centreOf(mouse.entry(key));
      await mouse.drag(start, await mouse.middleOf(from, exit));
    };

    await dropInto('user-load', 'begin', 'next');
    await mouse.choose('Integration', 'Webex');
    await dropInto('saas-user-role', 'user_load', 'success');
    await mouse.choose('Preset', 'Webex');
    await mouse.choose('Credential', 'Webex admin');
    await dropInto('inactive-for', 'saas_user_role', 'found');
    await page.getByRole('textbox', { name: 'Inactive for (days)' }).fill('90');
    await mouse.entry('webex').click();
    await dropInto('webex/get-user-details', 'inactive_for', 'inactive');
    await mouse.choose('Credential', 'Webex admin');

    await saved(world.page);
    expect(await waysOf(world, workflow.id)).toEqual([
      'begin.next>user_load',
      'inactive_for.inactive>webex_get_user_details',
      'saas_user_role.found>inactive_for',
      'user_load.success>saas_user_role',
      'webex_get_user_details.success>end',
    ]);
  });

  it('adds a preset after the selected block by a click', async () => {
    const { page } = world;
    const mouse = mouseOn(page);
    await mouse.entry('webex/delete-user').click();
    await mouse.choose('Credential', 'Webex admin');

    await page.getByText('deletes in Webex').waitFor();
  });

  it('inserts by the plus on an edge', async () => {
    const { page } = world;
    const mouse = mouseOn(page);
    await mouse.fit();
    const at = await mouse.middleOf('webex_delete_user', 'success');
    await page.mouse.move(at.x, at.y);
    await page.getByRole('button', { name: 'Insert a block after Success' }).click();
    await page.keyboard.type('update record');
    await page.getByRole('option', { name: 'Update Record' }).click();
    await mouse.choose('Status of the record', 'Mark as deactivated');

    await mouse.node('update_record').waitFor();
  });

  it('drags an exit into the open and picks what it leads to', async () => {
    const { page } = world;
    const mouse = mouseOn(page);
    await mouse.fit();
    const from = await mouse.centreOf(mouse.handle('inactive_for', 'active'));
    await mouse.drag(from, { x: from.x + 60, y: from.y + 150 });
    await page.getByRole('option', { name: 'End', exact: true }).click();

    await mouse.node('end_2').waitFor();
  });

  it('drags exits onto a block, and one exit may lead to two', async () => {
    const { page } = world;
    const mouse = mouseOn(page);
    const join = async (from: string, exit: string, to: string) => {
      await mouse.fit();
      await mouse.drag(
        await mouse.centreOf(mouse.handle(from, exit)),
        await mouse.centreOf(mouse.handle(to, 'in')),
      );
    };
    await join('inactive_for', 'unknown', 'end_2');
    await join('saas_user_role', 'not_found', 'end_2');
    await join('inactive_for', 'active', 'end');
    await saved(world.page);
    const ways = await waysOf(world, workflow.id);

    expect(ways).toContain('inactive_for.active>end');
    expect(ways).toContain('inactive_for.active>end_2');
    expect(ways).toContain('inactive_for.unknown>end_2');
    expect(ways).toContain('saas_user_role.not_found>end_2');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'No issues' }).waitFor();
  });

  it('launches and runs what was drawn, which deletes exactly the inactive', async () => {
    const { page } = world;
    await world.seen.shoot('canvas-mouse-cleanup');
    await page.getByRole('button', { name: 'Launch version 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Launch version 1' }).click();
    await page.getByRole('button', { name: 'Version 1 launched' }).waitFor();
    await page.getByRole('button', { name: 'Run…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Run over/ })
      .click();
    const { status, ids } = await deletedBy(world, page);

    expect(status).toBe('succeeded');
    expect(ids).toEqual([...world.people.inactive].sort());
    expect(ids.length).toBeGreaterThan(5);
  });

  it('leaves no complaint in the console', () => {
    expect(world.seen.complaints).toEqual([]);
  });
});
