import type { Vendor } from '../domain/vendor.ts';
import { vendorFormat } from '../domain/vendor-file.ts';
import { checkDefinition } from './check-vendor.ts';
import { error, type Finding } from './finding.ts';

/** Whether a text is meant as a vendor's definition; anything else may be a workflow. */
export function isVendorFile(text: string): boolean {
  return /"format"\s*:\s*"rollcall-vendor\//.test(text);
}

/** Reads the text of a file. There is a vendor only where nothing is wrong with it. */
export function readVendorFile(text: string): { id: string; vendor: Vendor | null; findings: Finding[] } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (problem) {
    return refused(error('', `The file is not JSON: ${(problem as Error).message}`));
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return refused(error('', 'The file holds no JSON object.'));
  const { format, $schema: _, ...definition } = content as Record<string, unknown>;
  const id = typeof definition.id === 'string' ? definition.id : '';
  if (format !== vendorFormat)
    return { ...refused(error('format', `This is no vendor file: "format" must be "${vendorFormat}".`)), id };
  return { id, ...checkDefinition(definition) };
}

const refused = (finding: Finding) => ({ id: '', vendor: null, findings: [finding] });
