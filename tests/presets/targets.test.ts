import { describe, expect, test } from 'vitest';
import { accountKey, openPresetWorld } from './preset-world.ts';

const names = { first_name: 'New', last_name: 'Comer' };

/** Presets in an order in which each changes something, with inputs; deletions last. */
const orders: Record<string, { idField: string; skip: number; presets: [string, Record<string, string>][] }> =
  {
    goto: {
      idField: 'goto_user_key',
      skip: 5,
      presets: [
        ['update-user', names],
        ['assign-licences', { license_key: '' }],
        ['remove-licences', {}],
        ['delete-user', {}],
      ],
    },
    ninjaone: {
      idField: 'ninja_user_id',
      skip: 5,
      presets: [
        ['update-technician', names],
        ['delete-technician', {}],
      ],
    },
    planhat: {
      idField: 'planhat_user_id',
      skip: 5,
      presets: [
        ['update-user', names],
        ['deactivate-user', {}],
        ['activate-user', {}],
        ['delete-user', {}],
      ],
    },
    webex: { idField: 'webex_user_id', skip: 5, presets: [['delete-user', {}]] },
    zoom: {
      idField: 'zoom_id',
      skip: 3,
      presets: [
        ['update-user', names],
        ['change-licence', { type: '2' }],
        ['change-licence', { type: '1' }],
        ['assign-role', { role_id: 'RbdwHl8hTP2rMkQ1vXe9GA' }],
        ['remove-role', { role_id: 'RbdwHl8hTP2rMkQ1vXe9GA' }],
        ['deactivate-user', {}],
        ['activate-user', {}],
        ['delete-user', {}],
      ],
    },
  };

describe('the target of each preset, read before and after', () => {
  test.each(Object.entries(orders))('%s', async (vendorId, { idField, skip, presets }) => {
    const { look, preset, load } = await openPresetWorld(vendorId);
    const people = (await load()).slice(skip);
    const read = people.find(
      (one) =>
        one('user_type') !== 'END_USER' && one('status') !== 'inactive' && (one('role_id') ?? '2') === '2',
    );
    const fields = {
      [idField]: read?.('id') ?? read?.('user_id'),
      email: read?.('email'),
      goto_account_key: accountKey,
      ...names,
    };
    const [licence] = people.flatMap((one) => (one('license_keys') as string[] | undefined) ?? []);
    const heir = String(people.find((one) => one !== read && one('status') === 'active')?.('email'));

    // So that each of the presets has something to change.
    if (vendorId === 'goto') await preset('remove-licences', fields);
    if (vendorId === 'zoom') await preset('change-licence', fields, { type: '1' });

    for (const [id, given] of presets) {
      const inputs: Record<string, string> = { ...given };
      if (inputs['license_key'] === '') inputs['license_key'] = String(licence);
      if (id === 'delete-user' && vendorId === 'zoom') inputs['transfer_email'] = heir;

      expect(await look(id, fields, inputs), `${id}, before`).toEqual({ isWho: true, isDone: false });
      expect((await preset(id, fields, inputs)).exit, id).toBe('success');
      const isGone = id.startsWith('delete');
      expect(await look(id, fields, inputs), `${id}, after`).toEqual({ isWho: !isGone, isDone: true });
    }
  });

  test('somebody else at the same address is not the target', async () => {
    const { look, load } = await openPresetWorld('zoom');
    const [one, other] = (await load()).slice(3);

    const found = await look('delete-user', { zoom_id: one?.('id'), email: other?.('email') });

    expect(found).toEqual({ isWho: false, isDone: false });
  });
});
