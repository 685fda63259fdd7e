import type { MappingSource, Vendor } from '#contract';

/** A source in a few words. */
export function sourceWords(source: MappingSource, vendor: Vendor): string {
  if (source.kind === 'constant') return `“${source.value}” for everybody`;
  if (source.kind === 'path') return source.label || source.path;
  return vendor.load.fields.find((field) => field.key === source.key)?.label ?? source.key;
}
