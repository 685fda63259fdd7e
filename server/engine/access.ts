import { hash as digest, timingSafeEqual } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import { rightsOf } from '../domain/rights.ts';
import type {
  Access,
  OperatorStore,
  OperatorView,
  Principal,
  SessionStore,
  SettingsStore,
  StoredToken,
  TokenStore,
} from './access-ports.ts';
import type { Clock } from './ports.ts';

export interface AccessDeps {
  operators: OperatorStore;
  sessions: SessionStore;
  tokens: TokenStore;
  settings: SettingsStore;
  passwords: Passwords;
  /** Random bytes as base64url. */
  random(bytes: number): string;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** False also for a hash that cannot be read. */
  verify(hash: string, password: string): Promise<boolean>;
}

const hourMs = 3_600_000;
const idleMs = 12 * hourMs;
const absoluteMs = 7 * 24 * hourMs;
const touchEveryMs = 60_000;
/** A token that was taken away works for no longer than this. */
const tokenMemoryMs = 3_000;
const maxKeptTokens = 1_000;
const tokenPrefix = 'rct_';
const setupKey = 'setup.code_hash';

const sha256 = (text: string): string => digest('sha256', text);

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Owners, sessions and tokens: only hashes of what people hold are stored. */
export function createAccess(deps: AccessDeps): Access {
  const { operators, sessions, tokens, settings, passwords, random, clock, newId } = deps;
  const known = new Map<string, { token: StoredToken | undefined; readAt: number; touchedAt: number }>();
  let unknownHash: Promise<string> | undefined;

  async function tokenOf(hash: string): Promise<StoredToken | undefined> {
    const now = clock.now();
    const kept = known.get(hash);
    if (kept && now - kept.readAt < tokenMemoryMs) return kept.token;
    const token = await tokens.findByHash(hash);
    if (!token) {
      known.delete(hash);
      return undefined;
    }
    const touchedAt = kept?.touchedAt ?? 0;
    const isTouching = now - touchedAt >= touchEveryMs;
    if (known.size >= maxKeptTokens) known.clear();
    known.set(hash, { token, readAt: now, touchedAt: isTouching ? now : touchedAt });
    if (isTouching) await tokens.touch(token.id, now);
    return token;
  }

  return {
    async isSetUp() {
      return (await operators.count()) > 0;
    },

    async newSetupCode() {
      if ((await operators.count()) > 0) return undefined;
      const code = random(16);
      await settings.save(setupKey, sha256(code));
      return code;
    },

    async setUp({ code, name, email, password }) {
      const wanted = await settings.find(setupKey);
      if (wanted === undefined || !isSame(wanted, sha256(code))) {
        throw new AppError(
          'forbidden',
          'The setup link is not valid, or it was used. Restart the server to get a new one.',
          {
            place: 'code',
          },
        );
      }
      const operator: OperatorView = {
        id: newId('operator'),
        name,
        email: email.toLowerCase(),
        role: 'owner',
      };
      const isFirst = await operators.insertFirst(operator, await passwords.hash(password), clock.now());
      if (!isFirst) throw new AppError('conflict', 'This server has an owner already. Sign in instead.');
      await settings.remove(setupKey);
      return operator;
    },

    async signIn(email, password) {
      const found = await operators.findByEmail(email.trim().toLowerCase());
      // An unknown address costs as much time as a wrong password, so that nobody learns who has an account.
      unknownHash ??= passwords.hash(random(16));
      const isRight = await passwords.verify(found?.passwordHash ?? (await unknownHash), password);
      if (found && isRight) return found.operator;
      throw new AppError('unauthorized', 'The e-mail address or the password is wrong.');
    },

    async openSession(operatorId) {
      const secret = random(32);
      const now = clock.now();
      await sessions.removeExpired(now);
      await sessions.save(sha256(secret), { operatorId, createdAt: now, lastSeenAt: now }, toEnd(now, now));
      return secret;
    },

    async closeSession(secret) {
      await sessions.remove(sha256(secret));
    },

    async confirm({ operator, sessionHash }, password) {
      if (!operator) throw new AppError('forbidden', 'A token has no password. Sign in as a person.');
      const found = await operators.findByEmail(operator.email);
      if (!found || !(await passwords.verify(found.passwordHash, password))) {
        throw new AppError('forbidden', 'The password is wrong.', { place: 'password' });
      }
      const now = clock.now();
      const session = await sessions.find(sessionHash, now);
      if (!session) throw new AppError('unauthorized', 'The session has ended. Sign in again.');
      const content = { ...session, lastSeenAt: now, confirmedAt: now };
      await sessions.save(sessionHash, content, toEnd(session.createdAt, now));
    },

    async bySession(secret) {
      const hash = sha256(secret);
      const now = clock.now();
      const session = await sessions.find(hash, now);
      if (!session || toEnd(session.createdAt, session.lastSeenAt) <= now) return undefined;
      const operator = await operators.find(session.operatorId);
      if (!operator) return undefined;
      if (now - session.lastSeenAt >= touchEveryMs) {
        await sessions.save(hash, { ...session, lastSeenAt: now }, toEnd(session.createdAt, now));
      }
      const { createdAt, confirmedAt = createdAt } = session;
      return toPrincipal('session', operator, operator, { hash, signedInAt: confirmedAt });
    },

    async byToken(text) {
      if (!text.startsWith(tokenPrefix) || text.length > 100) return undefined;
      const hash = sha256(text);
      const token = await tokenOf(hash);
      if (!token || !isSame(token.hash, hash)) return undefined;
      if (token.expiresAt !== null && token.expiresAt <= clock.now()) return undefined;
      return toPrincipal('token', token, null, { hash: '', signedInAt: null });
    },

    async createToken({ name, role, expiresAt }) {
      const text = `${tokenPrefix}${random(32)}`;
      await tokens.insert({
        id: newId('token'),
        name,
        role,
        hash: sha256(text),
        createdAt: clock.now(),
        expiresAt,
      });
      return text;
    },
  };
}

const toEnd = (createdAt: number, lastSeenAt: number): number =>
  Math.min(lastSeenAt + idleMs, createdAt + absoluteMs);

function toPrincipal(
  kind: Principal['kind'],
  { id, name, role }: Pick<OperatorView, 'id' | 'name' | 'role'>,
  operator: OperatorView | null,
  { hash: sessionHash, signedInAt }: { hash: string; signedInAt: number | null },
): Principal {
  return { kind, id, name, role, rights: rightsOf[role], operator, sessionHash, signedInAt };
}
