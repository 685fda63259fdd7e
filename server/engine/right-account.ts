import { answersNeededBy } from '../domain/planned-answer.ts';
import type { Target } from './call-target.ts';
import type { Effect } from './effect.ts';
import type { AccountReader } from './for-each.ts';
import type { Subject } from './subject-ports.ts';

/**
 * Why a call must not be made for a record: it is about another account of the vendor than the record is. Presets know
 * an account by a field of the person, who may have two: what is true of one of them would be done to the other. Null
 * where it may be made.
 */
export async function refuseAnotherAccount(
  { id, email, isAccountId }: Pick<Target, 'id' | 'email' | 'isAccountId'>,
  { saasUser }: Pick<Subject, 'saasUser'>,
  vendor: { id: string; title: string },
  accounts: Pick<AccountReader, 'find'>,
): Promise<string | null> {
  if (!isAccountId || !saasUser || saasUser.identifier === id) return null;
  // Some mappings know accounts by their address.
  if (email !== '' && saasUser.identifier.toLowerCase() === email.toLowerCase()) return null;
  const found = await accounts.find(saasUser.id);
  if (found && found.app.vendorId !== vendor.id) return null;
  const other = email === '' ? id : `${email} (${id})`;
  return `This record is the account ${saasUser.identifier} at ${vendor.title}, and the request is about another one, ${other}. Nothing was sent. Write {{identifier}} into its URL, or correct the field that it takes the id from.`;
}

/**
 * The same of a call that takes nothing: to let somebody in again by the wrong account is no better. Whom it acts on may
 * not be known yet in a dry run. Throws where the record does not say whom.
 */
export async function refuseForAnother(
  effect: Pick<Effect, 'hasTarget' | 'target' | 'vendorId'> | undefined,
  subject: Pick<Subject, 'saasUser'>,
  title: string,
  accounts: Pick<AccountReader, 'find'>,
): Promise<string | null> {
  const target = effect?.hasTarget ? effect.target?.() : undefined;
  if (!effect || !target || answersNeededBy(target.id).length > 0) return null;
  return refuseAnotherAccount(target, subject, { id: effect.vendorId, title }, accounts);
}
