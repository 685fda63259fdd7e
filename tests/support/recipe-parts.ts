import type { Recipe, RecipeParts } from '#domain/recipe';

/** The same parts for every vendor that a recipe needs. */
export function partsFor(
  { needs }: Recipe,
  parts: RecipeParts = { credentialId: 'crd_1', integrationId: 'int_1', appId: 'app_1' },
): Record<string, RecipeParts> {
  return Object.fromEntries(needs.map(({ vendorId }) => [vendorId, parts]));
}
