import { builtInFields, type Field, type FieldType, type RecordType } from './field.ts';

/** What a list can show, filter and sort by. */
export interface ListField {
  id: string;
  label: string;
  type: FieldType;
}

/** What only our own book-keeping says of a record. The dot keeps these ids apart from every external id. */
const bookFields: Record<RecordType, readonly ListField[]> = {
  person: [
    { id: 'record.name', label: 'Name', type: 'text' },
    { id: 'record.created_at', label: 'Added', type: 'datetime' },
    { id: 'record.updated_at', label: 'Changed', type: 'datetime' },
  ],
  // A link: there is one or there is none.
  saas_user: [{ id: 'record.person', label: 'Person', type: 'json' }],
};

/** Every column that a list of such records can have: built-in fields, our own marks, then added fields. */
export function listFields(recordType: RecordType, fields: readonly Field[]): ListField[] {
  const added = fields.filter((field) => !field.isBuiltIn);
  const toListField = ({ externalId, label, type }: Field): ListField => ({ id: externalId, label, type });
  const isOf = (field: Field) => field.recordType === recordType;
  return [
    ...builtInFields.filter(isOf).map(toListField),
    ...bookFields[recordType],
    ...added.filter(isOf).map(toListField),
  ];
}
