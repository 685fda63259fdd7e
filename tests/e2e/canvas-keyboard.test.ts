import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workflow } from '#contract';
import { shootFailures } from '../support/browser.ts';
import { keysOn, saved } from '../support/canvas-hands.ts';
import {
  type CanvasWorld,
  deletedBy,
  emptyWorkflow,
  openCanvasWorld,
  waysOf,
} from '../support/canvas-world.ts';

let world: CanvasWorld;
let workflow: Workflow;
let keys: ReturnType<typeof keysOn>;

beforeAll(async () => {
  world = await openCanvasWorld();
  workflow = await emptyWorkflow(world, 'Cleanup by keys');
  keys = keysOn(world.page);
  await world.page.goto(`${world.stage.server.url}/workflows/${workflow.id}`);
  await world.page.locator('.react-flow__node[data-id="begin"]').waitFor();
});

afterAll(() => world?.stage.close());

shootFailures(() => world.seen);

// One story, told in order: each chapter goes on with what the one before has drawn.
describe('with the keyboard only, from an empty canvas', () => {
  it('adds one block after the other and fills in their settings', async () => {
    const { keyboard } = world.page;
    await keyboard.press('Alt+ArrowRight');
    await keys.until(/^Begin,/);

    await keys.add('User Load');
    await keys.tabTo(/^Integration/);
    await keys.choose('Webex');
    await keys.add('SaaS User Role');
    await keys.tabTo(/^Preset/);
    await keys.choose('Webex');
    await keys.tabTo(/^Credential/);
    await keys.choose('Webex admin');
    await keys.add('Inactive For');
    await keys.tabTo(/^Inactive for \(days\)/);
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('90');
    await keys.add('Webex Get User Details');
    await keys.tabTo(/^Credential/);
    await keys.choose('Webex admin');
    await keys.add('Webex Delete User');
    await keys.tabTo(/^Credential/);
    await keys.choose('Webex admin');
    await keys.add('Update Record');
    await keys.tabTo(/^Status of the record/);
    await keys.pick('Mark as deactivated');

    await saved(world.page);
    expect(await waysOf(world, workflow.id)).toEqual([
      'begin.next>user_load',
      'inactive_for.inactive>webex_get_user_details',
      'saas_user_role.found>inactive_for',
      'update_record.success>end',
      'user_load.success>saas_user_role',
      'webex_delete_user.success>update_record',
      'webex_get_user_details.success>webex_delete_user',
    ]);
  });

  it('inserts a block after an exit that leads nowhere yet', async () => {
    const { page } = world;
    await keys.open('Inactive For');
    await page.keyboard.press('i');
    await keys.until(/^Go on with a block$/);
    await page.keyboard.type('End');
    await page.keyboard.press('Enter');
    await keys.until(/^End 2,/);
  });

  it('leads exits to blocks in the settings', async () => {
    const { page } = world;
    await keys.open('Inactive For');
    await keys.enter();
    await keys.tabTo(/^Unknown/);
    await keys.choose('End 2');
    await page.keyboard.press('Escape');
    await keys.open('SaaS User Role');
    await keys.enter();
    await keys.tabTo(/^Not found/);
    await keys.choose('End 2');
    await saved(world.page);
    const ways = await waysOf(world, workflow.id);

    expect(ways).toContain('inactive_for.active>end_2');
    expect(ways).toContain('inactive_for.unknown>end_2');
    expect(ways).toContain('saas_user_role.not_found>end_2');
  });

  it('launches and runs what was drawn, which deletes exactly the inactive', async () => {
    const { page } = world;
    await page.getByText('No issues').waitFor();
    await keys.command('Launch…');
    await page.getByRole('dialog', { name: /^Launch/ }).waitFor();
    await keys.tabTo(/^Launch version 1$/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Version 1 launched' }).waitFor();
    await world.seen.shoot('canvas-keyboard-cleanup');
    await keys.command('Run…');
    await page.getByRole('button', { name: /^Run over/ }).waitFor();
    await keys.tabTo(/^Run over/);
    await page.keyboard.press('Enter');
    const { status, ids } = await deletedBy(world, page);

    expect(status).toBe('succeeded');
    expect(ids).toEqual([...world.people.inactive].sort());
    expect(ids.length).toBeGreaterThan(5);
  });

  it('leaves no complaint in the console', () => {
    expect(world.seen.complaints).toEqual([]);
  });
});
