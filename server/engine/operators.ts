import { hash as digest } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import type { Role } from '../domain/rights.ts';
import type { Passwords } from './access.ts';
import type { AuditLog, OperatorView } from './access-ports.ts';
import type {
  Giver,
  Invitation,
  OperatorService,
  OperatorsStore,
  StoredInvitation,
} from './operator-ports.ts';
import type { Clock, Events } from './ports.ts';

export interface OperatorDeps {
  store: OperatorsStore;
  passwords: Passwords;
  audit: AuditLog;
  /** Takes in whose addresses are protected now. */
  guard: { refresh(): Promise<void> };
  /** Random bytes as base64url. */
  random(bytes: number): string;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  events: Pick<Events, 'listChanged'>;
  /** Where browsers reach this server, without a slash at the end. */
  publicUrl: string;
  sendsMail: boolean;
}

const invitationMs = 7 * 24 * 60 * 60_000;
const sha256 = (text: string): string => digest('sha256', text);

/** Whoever sits at the server's console. */
export const atConsole: Giver = { id: 'console', name: 'Console', isOwner: true };

/** Inviting operators, changing what they may do, and removing them. */
export function createOperators(deps: OperatorDeps): OperatorService {
  const { store, passwords, audit, guard, random, clock, newId, events, publicUrl, sendsMail } = deps;

  async function changed(by: Pick<Giver, 'id' | 'name'>, action: string, target: string, details: object) {
    await guard.refresh();
    await audit.add({ actor: `${by.name} (${by.id})`, action, target, details });
    events.listChanged('operators');
  }

  async function find(id: string): Promise<OperatorView> {
    const found = (await store.list()).find((operator) => operator.id === id);
    if (!found) throw new AppError('not_found', 'There is no such operator. They may have been removed.');
    return found;
  }

  async function findInvited(code: string): Promise<StoredInvitation> {
    const codeHash = sha256(code);
    const found = (await store.invitations(clock.now())).find((each) => each.codeHash === codeHash);
    if (!found) throw notValid();
    return found;
  }

  return {
    async list() {
      const invitations = await store.invitations(clock.now());
      return { operators: await store.list(), invitations: invitations.map(toView) };
    },

    async invite({ name, email, role }, by) {
      checkOwners(by, role);
      const code = random(24);
      const at = clock.now();
      const stored: StoredInvitation = {
        ...{ id: newId('invitation'), name, email: email.toLowerCase(), role },
        ...{ codeHash: sha256(code), invitedBy: by.id, createdAt: at, expiresAt: at + invitationMs },
      };
      const link = `${publicUrl}/invitation?code=${code}`;
      await store.invite(stored, sendsMail ? toMail(stored, link, by) : null);
      await changed(by, 'operator invited', stored.id, { name, email: stored.email, role });
      return { invitation: toView(stored), link, isMailed: sendsMail };
    },

    async withdrawInvitation(id, by) {
      if (!(await store.removeInvitation(id))) {
        throw new AppError('not_found', 'There is no such invitation. It may have been taken or withdrawn.');
      }
      await changed(by, 'invitation withdrawn', id, {});
    },

    invited: async (code) => toView(await findInvited(code)),

    async accept(code, password) {
      await findInvited(code);
      const made = { id: newId('operator'), passwordHash: await passwords.hash(password) };
      const operator = await store.accept(sha256(code), made, clock.now());
      if (!operator) throw notValid();
      await changed(operator, 'invitation accepted', operator.id, { role: operator.role });
      return operator;
    },

    async changeRole(id, role, by) {
      const operator = await find(id);
      if (id === by.id) throw new AppError('forbidden', 'Nobody changes their own role. Ask another admin.');
      checkOwners(by, role, operator.role);
      if (operator.role === role) return operator;
      await store.changeRole(id, role, { by: by.id, at: clock.now() });
      await changed(by, 'role changed', id, { email: operator.email, from: operator.role, to: role });
      return { ...operator, role };
    },

    async remove(id, by) {
      const operator = await find(id);
      if (id === by.id) throw new AppError('forbidden', 'Nobody removes themselves. Ask another admin.');
      checkOwners(by, operator.role);
      await store.remove(id);
      await changed(by, 'operator removed', id, { email: operator.email, role: operator.role });
    },
  };
}

function checkOwners({ isOwner }: Giver, ...roles: Role[]): void {
  if (isOwner || !roles.includes('owner')) return;
  throw new AppError('forbidden', 'Only an owner makes, changes or removes owners.');
}

const notValid = (): AppError =>
  new AppError(
    'forbidden',
    'The invitation is not valid: it was used or withdrawn, or it is older than seven days. Ask for a new one.',
    { place: 'code' },
  );

const toView = ({ id, name, email, role, createdAt, expiresAt }: StoredInvitation): Invitation => ({
  ...{ id, name, email, role },
  createdAt: new Date(createdAt).toISOString(),
  expiresAt: new Date(expiresAt).toISOString(),
});

const toMail = ({ name, email, expiresAt }: StoredInvitation, link: string, by: Giver) => ({
  recipient: email,
  subject: `${by.name} invites you to Rollcall`,
  text: `${[
    `Hello ${name},`,
    `${by.name} invites you to Rollcall. Choose a password with this link, which works once and until ${new Date(expiresAt).toISOString()}:`,
    link,
    'If you do not know of it, do nothing.',
  ].join('\n\n')}\n`,
});
