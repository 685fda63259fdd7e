import { expect, it } from 'vitest';
import { createOwnAccounts } from '#engine/own-account';
import { vendors } from '#presets';
import { createTestClock } from '../support/test-clock.ts';
import { openPresetWorld } from './preset-world.ts';

const stated = vendors.filter(({ ownAccount }) => ownAccount).map(({ id }) => id);

it.each(stated)('%s tells whose account a login is, by the id that its list names', async (vendorId) => {
  const { vendor, client, load } = await openPresetWorld(vendorId);
  const accounts = createOwnAccounts({
    client,
    clock: createTestClock(),
    random: () => 0,
    vendors: { find: () => vendor },
    find: async () => ({ vendorId, kind: 'oauth2' }),
  });

  const own = await accounts.of({ id: 'crd_1' });
  const listed = (await load()).map((read) => vendor.load.fields.map(({ key }) => read(key)));

  expect(own).toMatchObject({ kind: 'known' });
  const { id, email } = own as { id: string; email: string };
  expect(listed.filter((values) => values.includes(id) && values.includes(email))).toHaveLength(1);
});
