import { AppError } from '../domain/errors.ts';
import { builtInFields, type Field } from '../domain/field.ts';
import { type Person, recordStates } from '../domain/person.ts';
import { assignValues } from './assign.ts';
import type { RecordChange } from './journal-ports.ts';
import type { Clock } from './ports.ts';
import type { FieldStore, PeopleReader, PeopleService, PeopleWriter, RoleService } from './record-ports.ts';

export interface PeopleDeps {
  reader: Pick<PeopleReader, 'find'>;
  writer: PeopleWriter;
  fields: Pick<FieldStore, 'list'>;
  roles: Pick<RoleService, 'list'>;
  clock: Pick<Clock, 'now'>;
}

/** People as operators and scripts change them. What loads and workflows write does not come this way. */
export function createPeople({ reader, writer, fields, roles, clock }: PeopleDeps): PeopleService {
  return {
    async change(id, values, cause) {
      const known = (await fields.list()).filter((field) => field.recordType === 'person');
      const offered = new Map<string, readonly string[]>([
        ...known.map((field) => [field.externalId, field.choices ?? []] as const),
        ['role', (await roles.list()).map(({ name }) => name)],
        ['status', recordStates],
      ]);
      await writer.change(id, (person) => decide(person, values, known, offered), cause, clock.now());
      const view = await reader.find(id);
      if (!view) throw new AppError('not_found', `There is no person "${id}".`);
      return view;
    },
  };
}

/** One value after another, so that a refusal says which field it is about. */
function decide(
  person: Person,
  values: Readonly<Record<string, unknown>>,
  fields: readonly Field[],
  offered: ReadonlyMap<string, readonly string[]>,
): RecordChange[] {
  const changes: RecordChange[] = [];
  for (const [field, given] of Object.entries(values)) {
    const value = typeof given === 'string' ? given.trim() : given;
    const choices = offered.get(field) ?? [];
    if (value !== '' && value !== null && choices.length > 0 && !choices.includes(String(value))) {
      const label = [...builtInFields, ...fields].find((each) => each.externalId === field)?.label ?? field;
      throw new AppError(
        'invalid',
        `"${String(value)}" is none of the choices for "${label}". Choose one of: ${choices.join(', ')}.`,
        { place: field },
      );
    }
    const assigned = assignValues([{ record: 'person', field, value }], { person, saasUser: null }, fields);
    if (!assigned.ok) throw new AppError('invalid', assigned.reason, { place: field });
    changes.push(...assigned.changes);
  }
  return changes;
}
