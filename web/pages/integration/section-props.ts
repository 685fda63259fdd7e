import type { Integration, MissingPart, Vendor } from '#contract';

export type SectionName = MissingPart['section'] | 'schedule';

export interface SectionProps {
  integration: Integration;
  vendor: Vendor;
  /** What this section still lacks. */
  missing: readonly MissingPart[];
  isEditing: boolean;
  onEdit: () => void;
  onDone: () => void;
}
