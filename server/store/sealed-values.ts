import { eq } from 'drizzle-orm';
import { type Database, inOneWrite } from './database.ts';
import { authorizations, credentials, settings, workflowWebhooks } from './schema.ts';

/** Gives a sealed value anew. `record` and `field` say where it lies. */
export type Reseal = (sealed: Uint8Array, place: { record: string; field: string }) => Uint8Array;

/**
 * Seals every secret of a server's or an agent's database anew, all of them or none, and leaves no trace of the old ones in the file. Returns
 * how many there are. Nobody else may work with the database meanwhile.
 */
export function resealAll(database: Database, reseal: Reseal): number {
  const client = database.$client;
  client.pragma('secure_delete = ON');
  const count = inOneWrite(database, (tx) => {
    let sealed = 0;
    const again = (value: Buffer, record: string, field: string): Buffer => {
      sealed += 1;
      return Buffer.from(reseal(value, { record, field }));
    };
    for (const { id, secret, accessToken, refreshToken } of tx.select().from(credentials).all()) {
      const row = {
        secret: secret && again(secret, id, 'secret'),
        accessToken: accessToken && again(accessToken, id, 'access_token'),
        refreshToken: refreshToken && again(refreshToken, id, 'refresh_token'),
      };
      tx.update(credentials).set(row).where(eq(credentials.id, id)).run();
    }
    for (const { stateHash, verifier } of tx.select().from(authorizations).all()) {
      const row = { verifier: again(verifier, stateHash, 'verifier') };
      tx.update(authorizations).set(row).where(eq(authorizations.stateHash, stateHash)).run();
    }
    for (const { workflowId, secret } of tx.select().from(workflowWebhooks).all()) {
      const row = { secret: again(secret, workflowId, 'webhook') };
      tx.update(workflowWebhooks).set(row).where(eq(workflowWebhooks.workflowId, workflowId)).run();
    }
    const agentKey = tx.select().from(settings).where(eq(settings.key, 'agent.key')).get();
    if (agentKey) {
      const value = again(Buffer.from(agentKey.value, 'base64'), 'agent', 'key').toString('base64');
      tx.update(settings).set({ value }).where(eq(settings.key, agentKey.key)).run();
    }
    return sealed;
  });
  client.pragma('wal_checkpoint(TRUNCATE)');
  return count;
}
