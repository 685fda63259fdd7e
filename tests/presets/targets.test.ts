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
    webex: {
      idField: 'webex_user_id',
      skip: 5,
      presets: [
        ['update-user', { ...names, display_name: 'New Comer' }],
        ['disable-sign-in', {}],
        ['enable-sign-in', {}],
        ['remove-licence', { license_id: '' }],
        ['assign-licence', { license_id: '' }],
        ['delete-user', {}],
      ],
    },
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
    const details = vendorId === 'webex' ? await preset('get-user-details', fields) : null;
    const { licenses = [] } = (details?.variables?.['webex_user'] ?? {}) as { licenses?: string[] };
    const licences = [
      ...licenses,
      ...people.flatMap((one) => (one('license_keys') as string[] | undefined) ?? []),
    ];
    const licence = String(licences[0]);
    const heir = String(people.find((one) => one !== read && one('status') === 'active')?.('email'));

    // So that each of the presets has something to change.
    if (vendorId === 'goto') await preset('remove-licences', fields);
    if (vendorId === 'zoom') await preset('change-licence', fields, { type: '1' });

    for (const [id, given] of presets) {
      const inputs: Record<string, string> = { ...given };
      for (const name of ['license_key', 'license_id']) if (inputs[name] === '') inputs[name] = licence;
      if (vendorId === 'webex') Object.assign(fields, (await preset('get-user-details', fields)).variables);
      if (id === 'delete-user' && vendorId === 'zoom') inputs['transfer_email'] = heir;

      expect(await look(id, fields, inputs), `${id}, before`).toEqual({ isWho: true, isDone: false });
      const done = await preset(id, fields, inputs);
      expect(done.exit, `${id}: ${done.error}`).toBe('success');
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
