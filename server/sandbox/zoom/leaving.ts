import { managedDomain } from './company.ts';
import { noSuchUser, notValid, ZoomRefusal } from './refusal.ts';
import { isAdmin, type ZoomUser } from './user.ts';

/** Owners and administrators are neither deactivated nor removed. */
export function checkMayLeave(user: ZoomUser, what: string): void {
  if (isAdmin(user)) {
    throw new ZoomRefusal(400, 1117, { message: `An account owner or administrator cannot ${what}.` });
  }
}

/** Whoever is in a managed domain is deleted or stays. */
export function checkDomain({ email, status }: ZoomUser, action: string): void {
  if (action === 'delete' || status === 'pending' || !email.endsWith(`@${managedDomain}`)) return;
  const message = `The user's email domain ${managedDomain} is managed: the user cannot be disassociated.`;
  throw new ZoomRefusal(400, 1107, { message });
}

/** Data goes to somebody active. */
export function checkHeir(heir: ZoomUser | undefined, email: string, user: ZoomUser): void {
  if (heir?.status !== 'active') throw noSuchUser(email);
  if (heir.id === user.id) throw notValid('transfer_email', 'Data cannot go to the user who is removed.');
}

export function invitationMissing(email: string): ZoomRefusal {
  return new ZoomRefusal(404, 1120, { message: `Invitation not found: ${email}.` });
}
