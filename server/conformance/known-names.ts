import { builtInFields, type Field } from '../domain/field.ts';
import type { Vendor } from '../domain/vendor.ts';

/** All fields there are once Smart Mapping has made those that the vendor suggests. */
export function fieldsOf(vendor: Vendor): Field[] {
  const made = vendor.load.fields.flatMap(({ type, suggests }) =>
    suggests.flatMap(({ recordType, externalId, create }) =>
      create
        ? [
            {
              ...{ id: externalId, recordType, externalId, ...create, type },
              ...{ isRequired: false, isBuiltIn: false, help: '' },
            },
          ]
        : [],
    ),
  );
  return [...builtInFields, ...made];
}

/** Fields of people that hold the vendor's own id: presets name an account by them. */
export function accountFieldsOf(vendor: Vendor): string[] {
  return vendor.load.fields.flatMap(({ suggests }) =>
    suggests.flatMap(({ recordType, externalId, create }) =>
      recordType === 'person' && create?.isUnique ? [externalId] : [],
    ),
  );
}

/** Variables that presets of the vendor leave for later blocks. */
export function keptBy(vendor: Vendor): string[] {
  return vendor.presets.flatMap(({ response }) =>
    [...response.success, ...response.failure].flatMap(({ target }) =>
      target.kind === 'variable' ? [target.name] : [],
    ),
  );
}
