import type { Database } from '../../../server/store/database.ts';
import { fields, people } from '../../../server/store/schema.ts';
import type { Imitated, ImitatedAccount } from './imitated.ts';

/** A person for each account, written straight into the tables with what else presets ask for. */
export function addRecords(
  database: Database,
  { idField }: Imitated,
  accounts: readonly ImitatedAccount[],
  more: Record<string, string>,
): void {
  const known = [idField, ...Object.keys(more)];
  for (const externalId of known) {
    const field = { label: externalId, type: 'text', isUnique: false, help: '', createdAt: 0 } as const;
    database
      .insert(fields)
      .values({ id: `fld_${externalId}`, recordType: 'person', externalId, ...field })
      .run();
  }
  for (const [i, { id, email }] of accounts.entries()) {
    const name = { username: email, email, firstName: 'Somebody', lastName: 'Else' };
    database
      .insert(people)
      .values({
        ...{ id: `per_${i}`, ...name, role: 'Employee', status: 'active' },
        ...{ fields: { [idField]: id, ...more }, createdAt: 0, updatedAt: 0 },
      })
      .run();
  }
}
