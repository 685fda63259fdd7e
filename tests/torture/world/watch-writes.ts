import type { Database } from '../../../server/store/database.ts';
import type { FaultPoints } from './fault-points.ts';

type Client = Database['$client'];
type Method = (...args: unknown[]) => unknown;

/**
 * Puts fault points around every write of this connection, whoever makes it: before each transaction, before each
 * statement that writes, before each commit, and after it. What fails before the commit is rolled back by the driver, as a crash would leave it; what
 * fails after it is there, and only its writer never hears so.
 */
export function watchWrites(client: Client, faults: FaultPoints): void {
  const prepare = client.prepare.bind(client) as Method;
  const transaction = client.transaction.bind(client) as unknown as (work: Method) => Record<string, Method>;

  function watchStatement(statement: Record<string, Method> & { readonly: boolean }): void {
    if (statement.readonly) return;
    for (const name of ['run', 'get', 'all']) {
      const call = statement[name]!.bind(statement);
      statement[name] = (...args) => {
        faults.pass('before a write');
        const result = call(...args);
        if (!client.inTransaction) faults.pass('after a commit');
        return result;
      };
    }
  }

  Object.assign(client, {
    prepare(sql: string) {
      const statement = prepare(sql) as Record<string, Method> & { readonly: boolean };
      watchStatement(statement);
      return statement;
    },
    transaction(work: Method) {
      const inner = transaction((...args) => {
        const result = work(...args);
        faults.pass('before a commit');
        return result;
      });
      const outer = (name: string): Method => {
        return (...args) => {
          const isNested = client.inTransaction;
          if (!isNested) faults.pass('before a transaction');
          const result = inner[name]!(...args);
          if (!isNested) faults.pass('after a commit');
          return result;
        };
      };
      const names = ['default', 'deferred', 'immediate', 'exclusive'];
      return Object.assign(outer('default'), Object.fromEntries(names.map((name) => [name, outer(name)])));
    },
  });
}
