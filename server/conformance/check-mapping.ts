import type { Vendor } from '../domain/vendor.ts';
import { error, type Finding } from './finding.ts';
import { accountFieldsOf, fieldsOf } from './known-names.ts';

/** Whether Smart Mapping can propose enough for a load to be launched, and for presets to name an account. */
export function checkMapping(vendor: Vendor): Finding[] {
  const { fields } = vendor.load;
  const known = new Set(fieldsOf(vendor).map(({ recordType, externalId }) => `${recordType}.${externalId}`));
  const found: Finding[] = [];
  const targets = new Set<string>();
  for (const { key, suggests } of fields) {
    for (const { recordType, externalId } of suggests) {
      const target = `${recordType}.${externalId}`;
      targets.add(target);
      if (!known.has(target))
        found.push(
          error(
            `load.fields.${key}.suggests`,
            `There is no field "${externalId}" of ${recordType === 'person' ? 'people' : 'SaaS users'}. Add "create" with its label, or name another.`,
          ),
        );
    }
  }
  const needed = ['person.username', 'person.email', 'saas_user.identifier', 'saas_user.email'];
  for (const target of needed.filter((one) => !targets.has(one)))
    found.push(error('load.fields', `No field suggests "${target}", so a load could not be launched.`));
  if (accountFieldsOf(vendor).length === 0)
    found.push(
      error(
        'load.fields',
        'No field suggests a unique field of people for the vendor\'s id: add "suggests" with "create" and "isUnique": true to the field of the id, so that presets can name the account.',
      ),
    );
  return found;
}
