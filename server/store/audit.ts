import type { AuditLog } from '#engine/access-ports';
import type { Clock } from '#engine/ports';
import type { Journal } from './journal.ts';

/** What people did, written in order with everything else. */
export function createAuditLog(journal: Journal, clock: Pick<Clock, 'now'>): AuditLog {
  return {
    add: ({ details = null, ...entry }) => journal.commit('audit', { ...entry, details, at: clock.now() }),
  };
}
