import type { Field, RecordType } from '#contract';
import { useFields } from '../../api/use-fields.ts';

/** The definitions of one kind of record's fields, and the label of any of them. */
export function useRecordFields(recordType: RecordType): {
  fields: Field[];
  labelOf: (externalId: string) => string;
} {
  const fields = (useFields().data ?? []).filter((field) => field.recordType === recordType);
  const labels = new Map(fields.map((field) => [field.externalId, field.label]));
  return { fields, labelOf: (externalId) => labels.get(externalId) ?? externalId };
}
