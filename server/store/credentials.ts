import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { type Credential, firstStatus } from '#domain/credential';
import { AppError } from '#domain/errors';
import type {
  Authorization,
  CredentialFields,
  CredentialStore,
  SealedTokens,
  StoredCredential,
} from '#engine/credential-ports';
import type { CredentialUse } from '#engine/service-ports';
import { takeApproval } from './approvals.ts';
import { type Database, inOneWrite } from './database.ts';
import { authorizations, credentials, integrations, runs, versions, workflows } from './schema.ts';

type Row = typeof credentials.$inferSelect;

const noTokens = {
  accessToken: null,
  refreshToken: null,
  expiresAt: null,
  refreshHolder: null,
  refreshUntil: null,
  apiUrl: '',
  problem: null,
};

export function createCredentialStore(database: Database): CredentialStore {
  const byId = database
    .select()
    .from(credentials)
    .where(eq(credentials.id, sql.placeholder('id')))
    .prepare();
  const byName = database
    .select()
    .from(credentials)
    .where(eq(credentials.name, sql.placeholder('name')))
    .prepare();

  return {
    async list() {
      const rows = database
        .select()
        .from(credentials)
        .orderBy(asc(sql`lower(${credentials.name})`))
        .all();
      return rows.map(toCredential);
    },
    async find(id) {
      const row = byId.get({ id });
      return row && toStored(row);
    },
    async findByName(name) {
      const row = byName.get({ name });
      return row && toStored(row);
    },
    async insert(id, fields, secret, at) {
      const row = {
        ...noTokens,
        ...fields,
        id,
        status: firstStatus(fields.kind),
        secret: Buffer.from(secret),
        lastUsedAt: null,
        createdAt: at,
        updatedAt: at,
      };
      whereNameIsFree(fields, () => database.insert(credentials).values(row).run());
    },
    async update(id, fields, secret, { dropTokens, at, use }) {
      const row = {
        ...fields,
        ...(secret === null ? {} : { secret: Buffer.from(secret) }),
        ...(dropTokens ? { ...noTokens, status: firstStatus(fields.kind) } : {}),
        updatedAt: at,
      };
      inOneWrite(database, (tx) => {
        if (use) takeApproval(tx, use);
        whereNameIsFree(fields, () => tx.update(credentials).set(row).where(eq(credentials.id, id)).run());
        if (dropTokens) tx.delete(authorizations).where(eq(authorizations.credentialId, id)).run();
      });
    },
    async remove(id) {
      return inOneWrite(database, (tx) => {
        const uses = findUses(database, id);
        if (uses.length > 0) {
          const names = uses.map((use) => `the ${use.kind} "${use.name}"`).join(', ');
          throw new AppError(
            'conflict',
            `This credential is used by ${names}. Choose another one there first.`,
          );
        }
        return tx.delete(credentials).where(eq(credentials.id, id)).run().changes > 0;
      });
    },
    usedBy: async (id) => findUses(database, id),
    async touch(id, at) {
      database.update(credentials).set({ lastUsedAt: at }).where(eq(credentials.id, id)).run();
    },

    async addAuthorization(authorization) {
      const row = { ...authorization, verifier: Buffer.from(authorization.verifier) };
      database.insert(authorizations).values(row).run();
    },
    async takeAuthorization(stateHash) {
      const [row] = database
        .delete(authorizations)
        .where(eq(authorizations.stateHash, stateHash))
        .returning()
        .all();
      return row satisfies Authorization | undefined;
    },

    async takeRefresh(id, holder, now, until) {
      const isFree = or(isNull(credentials.refreshHolder), lt(credentials.refreshUntil, now));
      const taken = database
        .update(credentials)
        .set({ refreshHolder: holder, refreshUntil: until })
        .where(and(eq(credentials.id, id), isFree))
        .run();
      return taken.changes > 0;
    },
    async endRefresh(id, holder) {
      database
        .update(credentials)
        .set({ refreshHolder: null, refreshUntil: null })
        .where(heldBy(id, holder))
        .run();
    },
    async saveTokens(id, tokens, at, holder) {
      const row = { ...noTokens, ...toBuffers(tokens), status: 'authenticated', updatedAt: at };
      return database.update(credentials).set(row).where(heldBy(id, holder)).run().changes > 0;
    },
    async forgive(id, at) {
      const row = { ...noTokens, status: 'authenticated', updatedAt: at };
      database.update(credentials).set(row).where(eq(credentials.id, id)).run();
    },
    async note(id, problem) {
      const isInUse = and(eq(credentials.id, id), eq(credentials.status, 'authenticated'));
      database.update(credentials).set({ problem }).where(isInUse).run();
    },
    async fail(id, { status, problem, at }, holder) {
      const row = { status, problem, refreshHolder: null, refreshUntil: null, updatedAt: at };
      return database.update(credentials).set(row).where(heldBy(id, holder)).run().changes > 0;
    },
  };
}

function heldBy(id: string, holder: string | null) {
  const isIt = eq(credentials.id, id);
  return holder === null ? isIt : and(isIt, eq(credentials.refreshHolder, holder));
}

/**
 * Integrations by their credential; workflows where the id stands in the draft, in the active version, or in that of a
 * run that has not ended.
 */
function findUses(database: Database, id: string): CredentialUse[] {
  const loads = database
    .select({ id: integrations.id, name: integrations.name })
    .from(integrations)
    .where(eq(integrations.credentialId, id))
    .all();
  const quoted = JSON.stringify(id);
  const flows = database
    .select({ id: workflows.id, name: workflows.name })
    .from(workflows)
    .leftJoin(versions, eq(versions.id, workflows.activeVersionId))
    .where(or(sql`instr(${workflows.draft}, ${quoted}) > 0`, sql`instr(${versions.graph}, ${quoted}) > 0`))
    .all();
  const working = database
    .selectDistinct({ id: runs.workflowId, name: runs.workflowName })
    .from(runs)
    .innerJoin(versions, eq(versions.id, runs.versionId))
    .where(and(isNull(runs.finishedAt), sql`instr(${versions.graph}, ${quoted}) > 0`))
    .all()
    .filter((run) => flows.every((flow) => flow.id !== run.id));
  return [
    ...loads.map((load) => ({ kind: 'integration' as const, ...load })),
    ...[...flows, ...working].map((flow) => ({ kind: 'workflow' as const, ...flow })),
  ];
}

function whereNameIsFree(fields: CredentialFields, write: () => unknown): void {
  try {
    write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', `There is a credential "${fields.name}" already. Choose another name.`, {
      place: 'name',
      cause: error,
    });
  }
}

function isUniqueViolation(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || (cause !== undefined && isUniqueViolation(cause));
}

function toBuffers(tokens: SealedTokens) {
  return {
    accessToken: Buffer.from(tokens.accessToken),
    refreshToken: tokens.refreshToken === null ? null : Buffer.from(tokens.refreshToken),
    expiresAt: tokens.expiresAt,
    apiUrl: tokens.apiUrl ?? '',
  };
}

function toStored(row: Row): StoredCredential {
  const { secret, accessToken, refreshToken, expiresAt } = row;
  return { credential: toCredential(row), secret, accessToken, refreshToken, expiresAt };
}

function toCredential(row: Row): Credential {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    vendorId: row.vendorId,
    kind: row.kind as Credential['kind'],
    description: row.description,
    scopes: row.scopes,
    clientId: row.clientId,
    clientAuth: row.clientAuth as Credential['clientAuth'],
    inputs: row.inputs,
    hasSecret: row.secret !== null,
    baseUrl: row.baseUrl,
    authorizeUrl: row.authorizeUrl,
    tokenUrl: row.tokenUrl,
    apiUrl: row.apiUrl,
    perSecond: row.perSecond,
    atOnce: row.atOnce,
    status: row.status as Credential['status'],
    problem: row.problem,
    expiresAt: toTime(row.expiresAt),
    lastUsedAt: toTime(row.lastUsedAt),
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

const toTime = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
