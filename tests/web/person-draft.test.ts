import { expect, test } from 'vitest';
import type { Field, FieldType } from '#contract';
import { toDraft, toValues } from '../../web/pages/person/person-draft.ts';

const field = (externalId: string, type: FieldType): Field => ({
  id: externalId,
  recordType: 'person',
  externalId,
  label: externalId,
  type,
  isUnique: false,
  isRequired: false,
  isBuiltIn: false,
  help: '',
});

const fields = [field('team', 'text'), field('floor', 'number'), field('tags', 'list'), field('raw', 'json')];

test('values become texts and texts become values again', () => {
  const values = { team: 'Payroll', floor: 3, tags: ['a', 'b'], raw: { a: [1] } };

  const draft = toDraft(fields, values);

  expect(draft).toMatchObject({ floor: '3', tags: 'a\nb' });
  expect(toValues(fields, draft)).toEqual({ ...values, floor: '3' });
});

test('an empty text takes a value away, and what is no JSON stays text', () => {
  const draft = { team: ' ', floor: '', tags: '\n', raw: '{oops' };

  expect(toValues(fields, draft)).toEqual({ team: null, floor: null, tags: null, raw: '{oops' });
});
