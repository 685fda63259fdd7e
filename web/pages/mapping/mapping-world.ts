import type { Field, MappingRow, Vendor } from '#contract';

/** The mapping as it is being edited, and what its parts need to draw it. */
export interface MappingWorld {
  vendor: Vendor;
  /** Our fields that may be filled. */
  fields: readonly Field[];
  rows: readonly MappingRow[];
  change: (rows: MappingRow[]) => void;
  /** Keys of targets that are filled. */
  taken: ReadonlySet<string>;
  /** Values of vendor fields by key; undefined while nothing was read. */
  samples: Record<string, unknown[]> | undefined;
}
