import type { Role } from '../domain/rights.ts';
import type { OperatorView } from './access-ports.ts';
import type { NewMail } from './contact-ports.ts';

/** Who gives, changes or takes a role: an operator, or whoever sits at the server's console. */
export interface Giver {
  id: string;
  name: string;
  /** Owners alone make and remove owners; the console may do what they may. */
  isOwner: boolean;
}

export interface OperatorRow extends OperatorView {
  createdAt: string;
  /** Of the newest session; null when there is none any more. */
  lastSeenAt: string | null;
}

/** A role that was offered by a one-time link. */
export interface Invitation {
  id: string;
  name: string;
  email: string;
  role: Role;
  createdAt: string;
  expiresAt: string;
}

export interface NewOperator {
  name: string;
  email: string;
  role: Role;
}

/** People who sign in to this server. */
export interface OperatorService {
  list(): Promise<{ operators: OperatorRow[]; invitations: Invitation[] }>;
  /** Gives the link, which is shown once. An invitation of the same address before is void. Throws `conflict`. */
  invite(
    wanted: NewOperator,
    by: Giver,
  ): Promise<{ invitation: Invitation; link: string; isMailed: boolean }>;
  /** Throws `not_found`. */
  withdrawInvitation(id: string, by: Giver): Promise<void>;
  /** Who is invited by a link's code. Throws `forbidden` when it is not valid any more. */
  invited(code: string): Promise<Invitation>;
  /** Makes the operator of an invitation. Throws `forbidden` when it is not valid any more. */
  accept(code: string, password: string): Promise<OperatorView>;
  /** Throws `conflict` for the last owner, and `forbidden` for one's own role. */
  changeRole(id: string, role: Role, by: Giver): Promise<OperatorView>;
  /** Ends their sessions at once. Throws `conflict` for the last owner, and `forbidden` for oneself. */
  remove(id: string, by: Giver): Promise<void>;
}

export interface StoredInvitation extends NewOperator {
  id: string;
  codeHash: string;
  invitedBy: string;
  createdAt: number;
  expiresAt: number;
}

/** Each change that makes or removes an operator counts up the guard's generation: their addresses are protected. */
export interface OperatorsStore {
  list(): Promise<OperatorRow[]>;
  invitations(now: number): Promise<StoredInvitation[]>;
  /** Replaces one of the same address. Throws `conflict` when an operator has it. */
  invite(invitation: StoredInvitation, mail: NewMail | null): Promise<void>;
  removeInvitation(id: string): Promise<boolean>;
  /** Makes the operator and takes the invitation away, once; undefined when it is not valid any more. */
  accept(
    codeHash: string,
    operator: { id: string; passwordHash: string },
    now: number,
  ): Promise<OperatorView | undefined>;
  /** Throws `conflict` when no owner would be left. */
  changeRole(id: string, role: Role, granted: { by: string; at: number }): Promise<void>;
  /** Throws `conflict` when no owner would be left. */
  remove(id: string): Promise<void>;
}
