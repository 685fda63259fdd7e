import { newId } from '#domain/ids';
import type { Role } from '#domain/rights';
import { operators } from '../../server/store/schema.ts';
import { ada, type TestApp } from './build-app.ts';

export interface Signed {
  id: string;
  name: string;
  cookie: string;
}

const dayMs = 24 * 60 * 60_000;

/**
 * Adds an operator with a role of long standing, or one that was given so many days ago, and opens a session. The
 * password is Ada's.
 */
export async function addOperator(
  app: TestApp,
  name: string,
  role: Role,
  granted: { by: string | null; days: number } = { by: null, days: 400 },
): Promise<Signed> {
  const id = newId('operator');
  const at = app.clock.now() - granted.days * dayMs;
  const owner = app.database.select().from(operators).all()[0];
  app.database
    .insert(operators)
    .values({
      ...{ id, name, email: `${name.toLowerCase()}@acme.test`, role },
      passwordHash: owner?.passwordHash ?? 'none',
      ...{ grantedBy: granted.by, grantedAt: at, createdAt: at },
    })
    .run();
  return { id, name, cookie: `rollcall=${await app.access.openSession(id)}` };
}

/** Ada, the owner, in a browser of her own. */
export async function signInAda(app: TestApp): Promise<Signed> {
  const cookie = await app.signIn();
  const { operator } = (await app.send('GET', '/session', { cookie })).json();
  return { id: operator.id, name: ada.name, cookie };
}
