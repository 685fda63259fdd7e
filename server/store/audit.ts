import type { AuditLog } from '#engine/access-ports';
import type { Clock } from '#engine/ports';
import type { Database } from './database.ts';
import { audit } from './schema.ts';

export function createAuditLog(database: Database, clock: Pick<Clock, 'now'>): AuditLog {
  return {
    async add({ details = null, ...entry }) {
      database
        .insert(audit)
        .values({ ...entry, details, at: clock.now() })
        .run();
    },
  };
}
