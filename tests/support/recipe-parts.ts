import type { Recipe, RecipeParts } from '#domain/recipe';

/** Parts for every vendor that a recipe needs: the same ones, and a credential of each vendor's own. */
export function partsFor({ needs }: Recipe, parts?: RecipeParts): Record<string, RecipeParts> {
  const others = { integrationId: 'int_1', appId: 'app_1' };
  return Object.fromEntries(
    needs.map(({ vendorId }) => [vendorId, parts ?? { ...others, credentialId: `crd_${vendorId}` }]),
  );
}
