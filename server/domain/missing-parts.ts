import type { Credential } from './credential.ts';
import type { Field, RecordType } from './field.ts';
import type { Integration, MissingPart } from './integration.ts';

/** Person fields without which nobody can be written. */
export const requiredTargets = ['username', 'email', 'role'] as const;

/** What an integration still lacks before it may be launched or load; empty when it is ready. */
export function findMissingParts(
  integration: Pick<Integration, 'mapping'>,
  credential: Pick<Credential, 'name' | 'status' | 'problem'> | undefined,
  fields: readonly Field[],
): MissingPart[] {
  const missing: MissingPart[] = [];
  const add = (section: MissingPart['section'], message: string) => missing.push({ section, message });

  if (!credential) add('credential', 'Choose a credential.');
  else if (credential.status !== 'authenticated') {
    add(
      'credential',
      `Authenticate the credential "${credential.name}"${credential.problem ? `: ${credential.problem}` : '.'}`,
    );
  }

  const { rows } = integration.mapping;
  for (const name of requiredTargets) {
    const isMapped = rows.some(
      ({ source, target }) =>
        target.recordType === 'person' &&
        target.externalId === name &&
        // A fixed value that nobody has chosen yet fills nothing.
        !(source.kind === 'constant' && source.value.trim() === ''),
    );
    if (!isMapped) add('mapping', `Map ${labelOf(fields, 'person', name)} of the person.`);
  }
  const keys = rows.filter((row) => row.syncKey !== null);
  const isUnique = (row: (typeof rows)[number]) => findField(fields, row.target)?.isUnique === true;
  if (keys.length === 0) add('mapping', 'Choose at least one sync key, such as Username.');
  for (const row of keys) {
    if (isUnique(row)) continue;
    const { recordType, externalId } = row.target;
    add('mapping', `${labelOf(fields, recordType, externalId)} is not unique, so it cannot be a sync key.`);
  }
  return missing;
}

export function findField(
  fields: readonly Field[],
  target: { recordType: RecordType; externalId: string },
): Field | undefined {
  return fields.find(
    (field) => field.recordType === target.recordType && field.externalId === target.externalId,
  );
}

function labelOf(fields: readonly Field[], recordType: RecordType, externalId: string): string {
  return findField(fields, { recordType, externalId })?.label ?? externalId;
}
