import type { Field, MappingPreview, MappingRow, Vendor } from '#contract';

export type Example = MappingPreview['examples'][number];

/** The mapping as it is being edited, and what its parts need to draw it. */
export interface MappingWorld {
  vendor: Vendor;
  /** Our fields that may be filled. */
  fields: readonly Field[];
  rows: readonly MappingRow[];
  change: (rows: MappingRow[]) => void;
  /** Keys of targets that are filled. */
  taken: ReadonlySet<string>;
  /** What may not fit, by key of the target. */
  warnings: ReadonlyMap<string, string>;
  /** The key of the target whose converters are open. */
  converting: string | null;
  setConverting: (key: string | null) => void;
  /** Values of vendor fields by key; undefined while nothing was read. */
  samples: Record<string, unknown[]> | undefined;
  /** Whether they are on their way. */
  isReading: boolean;
  /** The vendor's first records; empty while nothing was read. */
  examples: readonly Example[];
}
