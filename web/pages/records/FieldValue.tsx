import type { ReactNode } from 'react';
import type { Field } from '#contract';
import { Json } from '../../ui/Json.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toValueText } from '../../ui/words.ts';

/** A value as its field's type would have it. */
export function FieldValue({ field, value }: { field: Field; value: unknown }) {
  const text = toValueText(value);
  if (text === '') return null;
  if (field.type === 'datetime' && typeof value === 'string') return <TimeAgo at={value} />;
  if (typeof value === 'object' && !Array.isArray(value)) return <Json value={value} label={field.label} />;
  if (field.isUnique || field.type === 'json') return <Mono copy={field.label}>{text}</Mono>;
  return <>{text}</>;
}

/** A field and its value for a list of both; null, which such a list shows as a dash, for no value. */
export function toFieldRow(field: Field, value: unknown): readonly [string, ReactNode] {
  const isEmpty = toValueText(value) === '';
  return [field.label, isEmpty ? null : <FieldValue key={field.id} field={field} value={value} />];
}
