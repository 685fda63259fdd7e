import { expect, test } from 'vitest';
import type { Recipe } from '#domain/recipe';
import { findRecipeParts } from '#engine/recipe-parts';
import { recipes, vendors } from '#presets';

const found = (id: string): Recipe => {
  const recipe = recipes.find((one) => one.id === id);
  if (!recipe) throw new Error(`There is no recipe ${id}.`);
  return recipe;
};

const credential = (id: string, vendorId: string, status = 'authenticated') => ({
  ...{ id, name: id, vendorId, status },
});

/** An instance that has two Webex tenants; only the second one is loaded. */
function partsIn(
  recipe: Recipe,
  { known = [] as string[], credentials = [credential('crd_a', 'webex'), credential('crd_b', 'webex')] } = {},
) {
  const integration = { id: 'int_b', name: 'Webex B', vendorId: 'webex', appId: 'app_b', status: 'active' };
  return findRecipeParts(recipe, {
    references: {
      credentials: async () => credentials,
      integrations: async () => [{ ...integration, credentialId: 'crd_b' }],
      apps: async () => ['app_a', 'app_b'].map((id) => ({ id, name: id, vendorId: 'webex' })),
    },
    records: {
      fields: async () => known.map((externalId) => ({ recordType: 'person', externalId })) as never,
    },
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
  });
}

test('of two tenants a recipe gets the credential, the load and the accounts of one', async () => {
  const { missing, parts } = await partsIn(found('webex-inactive-user-ladder'), { known: ['webex_user_id'] });

  expect(missing).toEqual([]);
  expect(parts.webex).toEqual({ credentialId: 'crd_b', integrationId: 'int_b', appId: 'app_b' });
});

test('what a recipe lacks is said in words', async () => {
  const none = { credentials: [credential('crd_b', 'webex', 'expired')] };

  const { missing } = await partsIn(found('webex-inactive-user-ladder'), none);

  expect(missing).toEqual([
    'A Webex credential that is authenticated.',
    'A field “Webex ID” of people with the external ID webex_user_id.',
  ]);
});

test('offboarding asks for nothing of apps that it leaves out', async () => {
  const { missing, parts } = await partsIn(found('offboarding'), { known: ['webex_user_id'] });

  expect(Object.keys(parts)).toEqual(['webex']);
  expect(missing).toEqual([]);
});

test('offboarding needs one app at least', async () => {
  const { missing } = await partsIn(found('offboarding'), { credentials: [], known: [] });

  expect(missing).toHaveLength(1);
  expect(missing[0]).toContain('Webex, Zoom, Planhat, GoTo Admin, NinjaOne MSP, or of several of them');
});
