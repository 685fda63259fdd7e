import { type Vendor, vendorSchema } from '../domain/vendor.ts';
import { checkAnswers } from './check-answers.ts';
import { checkEffects } from './check-effects.ts';
import { checkMapping } from './check-mapping.ts';
import { checkNames } from './check-names.ts';
import { checkRequests } from './check-requests.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkTexts } from './check-texts.ts';
import { type Finding, isError, shapeFindings } from './finding.ts';

/** Reads a definition from JSON. There is a vendor only where nothing is wrong with it. */
export function checkDefinition(content: unknown): { vendor: Vendor | null; findings: Finding[] } {
  const read = vendorSchema.safeParse(content);
  if (!read.success) return { vendor: null, findings: shapeFindings(read.error, content) };
  const findings = checkVendor(read.data);
  return { vendor: findings.some(isError) ? null : read.data, findings };
}

/**
 * What a definition alone tells: the same questions for every vendor, ours and operators' own. Whatever builds on
 * templates that can be read is asked only once they can.
 */
export function checkVendor(vendor: Vendor): Finding[] {
  const texts = checkTexts(vendor);
  const always = [
    ...texts,
    ...checkNames(vendor),
    ...checkEffects(vendor),
    ...checkMapping(vendor),
    ...checkSecrets(vendor),
  ];
  return texts.some(isError) ? always : [...always, ...checkRequests(vendor), ...checkAnswers(vendor)];
}
