import { describe, expect, test } from 'vitest';
import { vendors } from '#presets';
import { checkVendor } from '../../server/conformance/check-vendor.ts';
import { type Finding, toLine } from '../../server/conformance/finding.ts';
import { tryVendor } from '../../server/conformance/try-vendor.ts';
import { imitated, openTrial } from './open-trial.ts';

// The imitations are written from the vendors' documentation and not from our data, so that wrong data fails here.

describe.each(vendors)('$title', (vendor) => {
  test('its definition is sound', () => {
    expect(checkVendor(vendor).map(toLine)).toEqual([]);
  });

  test.runIf(vendor.id in imitated)(
    'its imitation answers as the definition says',
    async () => {
      const trial = await openTrial(vendor.id);

      const found = await tryVendor(trial);

      // Not everybody has everything; but every preset must have been tried.
      const isEmpty = ({ message }: Finding) => message.startsWith('Nobody has a value');
      expect(found.filter((one) => !isEmpty(one)).map(toLine)).toEqual([]);
    },
    60_000,
  );
});
