import type { FieldType } from '#contract';

export const fieldTypeLabels: Record<FieldType, string> = {
  text: 'Text',
  long_text: 'Long text',
  number: 'Whole number',
  decimal: 'Decimal number',
  date: 'Date',
  datetime: 'Date and time',
  boolean: 'Yes or no',
  choice: 'Choice',
  list: 'List',
  email: 'Email',
  url: 'Web address',
  json: 'JSON',
};
