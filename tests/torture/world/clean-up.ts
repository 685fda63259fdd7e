import type { Database } from '../../../server/store/database.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { addAccounts, addWorkflow, aGraph } from '../../support/engine-world.ts';
import { liftLimits } from '../../support/lift-limits.ts';
import type { LedgerAccount } from './ledger.ts';

/** Every second person was last seen long ago: whom a clean-up removes. */
export const isInactive = (n: number): boolean => n % 2 === 1;

const call = (presetId: string, method: string, url: string, more: object = {}) => ({
  vendorId: 'webex',
  presetId,
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method,
  url,
  ...more,
});

const person = '/people/{{webex_user_id}}';
const seen = { value: '{{response.lastActivity}}', target: { kind: 'variable', name: 'seen' } };

/**
 * Reads each person and, for the inactive ones, makes a change of each class: an update that may be repeated, a message
 * that may not, a deletion; then a change of our own record, and a summary at the end.
 */
const graph = aGraph(
  {
    begin: ['begin'],
    read: ['api', call('get-user-details', 'GET', person, { response: { success: [seen], failure: [] } })],
    inactive: ['inactive-for', { lastActivity: '{{seen}}', days: 90 }],
    change: ['api', call('', 'PUT', person, { bodyKind: 'json', body: '{"status":"leaving"}' })],
    message: ['api', call('', 'POST', '/messages', { bodyKind: 'json', body: '{"to":"{{email}}"}' })],
    remove: [
      'api',
      call('delete-user', 'DELETE', person, { success: { statuses: [204], mediaType: 'none' } }),
    ],
    mark: ['update-record', { setStatus: 'deactivated' }],
    tell: ['notify', { when: 'end', title: 'Done', message: '{{default blocks.remove.success 0}} removed' }],
    end: ['end'],
  },
  [
    'begin.next > read',
    'read.success > inactive',
    'inactive.inactive > change',
    'inactive.active > end',
    'inactive.unknown > end',
    'change.success > message',
    'message.success > remove',
    'remove.success > mark',
    'mark.success > tell',
    'tell.success > end',
  ],
);

const nameOf = (n: number): string => `p${n}`;

/** The vendor's accounts: one for each person, with the same ids. */
export function vendorAccounts(people: number): LedgerAccount[] {
  return Array.from({ length: people }, (_, n) => ({
    id: `wx-${nameOf(n)}`,
    email: `${nameOf(n)}@acme.test`,
    lastActivity: isInactive(n) ? '2026-01-01T00:00:00Z' : '2026-11-20T00:00:00Z',
  }));
}

/** A database file with so many people and the clean-up launched; every round works on a copy of it. */
export function prepareCleanUp(file: string, people: number): void {
  const database: Database = openDatabase(file);
  addAccounts(
    database,
    Array.from({ length: people }, (_, n) => ({ name: nameOf(n) })),
  );
  addWorkflow(database, graph);
  liftLimits(database);
  database.$client.close();
}
