import { newId } from '#domain/ids';
import type { Contacts } from '#domain/integration';
import { emptyTally, type LoadStatus } from '#domain/load';
import { createContacts } from '#engine/contacts';
import { createContactStore } from '../../server/store/contacts.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createLoadScheduleStore } from '../../server/store/load-schedule.ts';
import { createMailStore } from '../../server/store/mails.ts';
import { integrations, loads, mails, notifications, operators } from '../../server/store/schema.ts';
import { createTestClock } from './test-clock.ts';

export const publicUrl = 'https://rollcall.acme.test';

/** Integrations with schedules and contacts on a real database; loads are rows that a test writes. */
export function createContactWorld(options: { sendsMail?: boolean; database?: Database } = {}) {
  const { sendsMail = true, database = openDatabase(':memory:') } = options;
  const clock = createTestClock();
  const at = clock.now();
  const store = createContactStore(database, { newId, sendsMail });
  const contacts = createContacts({ store, clock, publicUrl, told: () => {} });

  const addOperator = (id: string, name: string) => {
    const email = `${name.toLowerCase()}@acme.test`;
    database
      .insert(operators)
      .values({ id, name, email, role: 'admin', passwordHash: '', createdAt: at })
      .onConflictDoNothing()
      .run();
  };
  addOperator('opr_ada', 'Ada');
  addOperator('opr_grace', 'Grace');

  return {
    database,
    clock,
    contacts,
    store,
    schedule: createLoadScheduleStore(database),
    mailStore: createMailStore(database, newId),

    /** An active integration that is due at `nextLoadAt`, every day at three. */
    addIntegration(change: { name?: string; contacts?: Contacts; nextLoadAt?: number | null } = {}): string {
      const id = newId('integration');
      const { name = 'Webex users', nextLoadAt = null } = change;
      const chosen = change.contacts ?? { operatorIds: ['opr_ada'], addresses: ['it@acme.test'] };
      database
        .insert(integrations)
        .values({
          id,
          name,
          vendorId: 'webex',
          mode: 'user',
          preference: 'create_and_update',
          mapping: { rows: [] },
          schedule: { cron: '0 3 * * *', timeZone: 'Europe/Berlin' },
          contacts: chosen,
          nextLoadAt,
          status: 'active',
          createdAt: at,
          updatedAt: at,
        })
        .run();
      return id;
    },

    addLoad(integrationId: string, status: LoadStatus, error: string | null = null): string {
      const id = newId('load');
      const finishedAt = status === 'running' ? null : clock.now();
      database
        .insert(loads)
        .values({
          id,
          integrationId,
          status,
          startedBy: 'Schedule',
          startedAt: clock.now(),
          finishedAt,
          pages: 1,
          tally: { ...emptyTally, read: 7 },
          isComplete: status === 'succeeded',
          error,
        })
        .run();
      return id;
    },

    addMail(id: string): void {
      const row = {
        id,
        recipient: 'it@acme.test',
        subject: 'A load failed',
        text: 'Look at it.',
        attempts: 0,
      };
      database
        .insert(mails)
        .values({ ...row, status: 'waiting', nextAttemptAt: clock.now(), createdAt: clock.now() })
        .run();
    },

    mails: () => database.select().from(mails).all(),
    notes: () => database.select().from(notifications).all(),
    nextLoadAt: (id: string) =>
      database
        .select()
        .from(integrations)
        .all()
        .find((row) => row.id === id)?.nextLoadAt,
  };
}
