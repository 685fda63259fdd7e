import type { Recipe, RecipeNeed, RecipeParts } from '../domain/recipe.ts';
import type { RecordStore } from './subject-ports.ts';
import type { Vendors } from './vendor-ports.ts';
import type { References } from './workflow-ports.ts';

interface Deps {
  references: Pick<References, 'credentials' | 'integrations' | 'apps'>;
  records: Pick<RecordStore, 'fields'>;
  vendors: Vendors;
}

/** What a recipe finds in this instance, by vendor, and what has to be there first, in words. */
export async function findRecipeParts({ needs, isOneEnough = false, fields = [] }: Recipe, deps: Deps) {
  const [credentials, integrations, apps, known] = await Promise.all([
    deps.references.credentials(),
    deps.references.integrations(),
    deps.references.apps(),
    deps.records.fields(),
  ]);
  const parts: Record<string, RecipeParts> = {};
  const missing: string[] = [];

  for (const need of needs) {
    const isOfVendor = (each: { vendorId: string }) => each.vendorId === need.vendorId;
    const integration = integrations.find((each) => isOfVendor(each) && each.status === 'active');
    const usable = credentials.filter((each) => isOfVendor(each) && each.status === 'authenticated');
    // Of several tenants, the credential must be of the one whose accounts are loaded.
    const credential = usable.find(({ id }) => id === integration?.credentialId) ?? usable[0];
    const app = apps.find(({ id }) => id === integration?.appId) ?? apps.find(isOfVendor);
    const found = {
      ...{ credentialId: credential?.id ?? '', integrationId: integration?.id ?? '', appId: app?.id ?? '' },
    };
    const lacks = need.parts.filter((part) => found[part] === '');
    if (lacks.length === 0) parts[need.vendorId] = found;
    missing.push(...lacks.map((part) => words[part](titleOf(need))));
  }
  if (isOneEnough) {
    missing.length = 0;
    if (Object.keys(parts).length === 0)
      missing.push(
        `An authenticated credential and a load with "User plus SaaS user" of ${needs.map(titleOf).join(', ')}, or of several of them.`,
      );
  }
  for (const { recordType, externalId, label, vendorId } of fields) {
    if (vendorId !== undefined && !parts[vendorId]) continue;
    if (known.some((each) => each.recordType === recordType && each.externalId === externalId)) continue;
    const of = recordType === 'person' ? 'people' : 'SaaS users';
    missing.push(`A field “${label}” of ${of} with the external ID ${externalId}.`);
  }
  return { missing, parts };

  function titleOf({ vendorId }: RecipeNeed): string {
    return deps.vendors.find(vendorId)?.title ?? vendorId;
  }
}

const words: Record<keyof RecipeParts, (title: string) => string> = {
  credentialId: (title) => `A ${title} credential that is authenticated.`,
  integrationId: (title) => `A launched ${title} integration.`,
  appId: (title) => `A load of ${title} users with "User plus SaaS user".`,
};
