import { asc, eq } from 'drizzle-orm';
import type { AccountReader, AppAccount } from '#engine/for-each';
import type { Database } from './database.ts';
import { toSaasUser } from './record-rows.ts';
import { apps, saasUsers } from './schema.ts';

/** The accounts of people with their apps, for loops. */
export function createAppAccounts(database: Database): AccountReader {
  const all = () =>
    database
      .select({ user: saasUsers, app: { id: apps.id, name: apps.name, vendorId: apps.vendorId } })
      .from(saasUsers)
      .innerJoin(apps, eq(apps.id, saasUsers.appId));

  return {
    async ofPerson(personId) {
      return all().where(eq(saasUsers.personId, personId)).orderBy(asc(saasUsers.id)).all().map(toAppAccount);
    },

    async find(accountId) {
      const row = all().where(eq(saasUsers.id, accountId)).get();
      return row && toAppAccount(row);
    },
  };
}

const toAppAccount = ({ user, app }: { user: typeof saasUsers.$inferSelect; app: AppAccount['app'] }) => ({
  account: toSaasUser(user),
  app,
});
