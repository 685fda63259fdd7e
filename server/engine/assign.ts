import { builtInFields, type Field } from '../domain/field.ts';
import { PlannedAnswer } from '../domain/planned-answer.ts';
import {
  personKeys,
  personValues,
  saasUserKeys,
  saasUserValues,
  withValue,
} from '../domain/record-values.ts';
import { coerceValue, isSameValue } from '../domain/value.ts';
import type { Assignment } from './block.ts';
import type { RecordChange } from './journal-ports.ts';
import type { Subject } from './subject-ports.ts';

/** What the vendor or a load says, and no workflow may change. */
const readOnly = new Set(['saas_user.identifier', 'saas_user.first_seen_at', 'saas_user.last_seen_at']);
/** Empty text where the record has no "no value". */
const neverNull = new Set(['first_name', 'last_name', 'display_name', 'status', 'type', 'email']);
const listFields = new Set(['roles', 'licenses']);

export type Assigned =
  | { ok: true; subject: Subject; changes: RecordChange[] }
  | { ok: false; reason: string };

/** Puts values into a copy of the record, each checked against its field's type. All of them or none. */
export function assignValues(
  assignments: readonly Assignment[],
  subject: Subject,
  fields: readonly Field[],
): Assigned {
  let { person, saasUser } = subject;
  const changes: RecordChange[] = [];

  for (const { record, field: name, value } of assignments) {
    const label = `${record}.${name}`;
    const isThere = (field: Field) => field.recordType === record && field.externalId === name;
    const field = builtInFields.find(isThere) ?? fields.find(isThere);
    if (!field) return { ok: false, reason: `There is no field "${label}".` };
    if (readOnly.has(label))
      return { ok: false, reason: `The field "${field.label}" cannot be set by a workflow.` };

    const coerced = value instanceof PlannedAnswer ? asItStands(value) : coerceValue(field.type, value);
    if (!coerced.ok)
      return { ok: false, reason: `The field "${field.label}" was not set: ${coerced.reason}.` };
    if (coerced.value === null && field.isRequired)
      return { ok: false, reason: `The field "${field.label}" cannot be empty.` };
    const after = coerced.value ?? (field.isBuiltIn ? emptyOf(name) : null);

    const target = record === 'person' ? person : saasUser;
    if (!target)
      return {
        ok: false,
        reason: `This record has no ${record === 'person' ? 'person' : 'SaaS user'}, so "${field.label}" has nowhere to go.`,
      };
    const values = record === 'person' ? personValues(person!) : saasUserValues(saasUser!);
    const before = values[name] ?? null;
    if (isSameValue(before, after)) continue;

    changes.push({ record, recordId: target.id, field: name, before, after });
    if (record === 'person') person = withValue(person!, personKeys, name, after);
    else saasUser = withValue(saasUser!, saasUserKeys, name, after);
  }
  return { ok: true, subject: { person, saasUser }, changes };
}

/** In a dry run: what the value would be, and of which type, is known only once the call is made. */
const asItStands = (value: PlannedAnswer) => ({ ok: true, value: value.toString() }) as const;

function emptyOf(name: string): unknown {
  if (listFields.has(name)) return [];
  return neverNull.has(name) ? '' : null;
}
