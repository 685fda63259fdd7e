import type { Target } from './call-target.ts';
import type { Effect } from './effect.ts';
import type { Outcome } from './outcome.ts';
import type { OwnAccount } from './own-account.ts';

// Why a call was not made, in the words that its record keeps.

export const who = ({ id, email }: Pick<Target, 'id' | 'email'>): string =>
  email === '' ? id : `${email} (${id})`;

export function protectedBy(
  target: Target,
  { kind, value, note }: { kind: string; value: string; note: string },
): string {
  const why = note === '' ? '' : ` (${note.replace(/\.$/, '')})`;
  const what: Record<string, string> = {
    address: `the address ${value}`,
    identifier: `the id ${value}`,
    role: `the role ${value}`,
    person_role: `the role ${value}`,
  };
  return `${who(target)} is protected by ${what[kind] ?? value}${why}. Nothing was sent.`;
}

export function ownAccount(target: Target, vendor: string, own: OwnAccount): string {
  if (own.kind === 'unknown') {
    return `${vendor} does not say whose account the credential is, so every account counts as that one. Nothing was sent. Test the credential, and check its scopes. ${own.why}`;
  }
  return `${who(target)} is the account that the credential belongs to: without it nothing works at ${vendor} any more. Nothing was sent. Use a credential of somebody else.`;
}

export function administrator(vendor: string, target: Target, power: true | null): string {
  if (power === null) {
    return `${vendor} does not say whether ${who(target)} is an administrator, so the account counts as protected. Nothing was sent.`;
  }
  return `${who(target)} is an administrator at ${vendor} and so is protected. Take the role away at ${vendor} first. Nothing was sent.`;
}

export function lastAdministrator(vendor: string, target: Target): string {
  return `${who(target)} is an administrator at ${vendor}, or may be one, and may be the last: the credential does not belong to another one. Nothing was sent. Take the role away at ${vendor} first, or use a credential of an administrator.`;
}

export function notRead(target: Target, { message }: Outcome): string {
  return `${who(target)} could not be looked at first, so nothing was sent. ${message}`;
}

export function notTheSame(vendor: string, target: Target, mismatch: string): string {
  return `${vendor}'s answer is not about ${who(target)}: ${mismatch}. Nothing was sent. Load the users again, then look at this record.`;
}

export function notAsItIs(vendor: string, target: Target, name: string): string {
  return `The whole record would be written back to ${vendor}, and its "${name}" is not what ${who(target)} has there now. Nothing was sent. Read the account in a block just before this one, and hand its answer on as it is.`;
}

export function noTarget(vendor: string, { does }: Effect): string {
  const sentence = `Nothing says how to look at the account at ${vendor} first, so nothing was sent. Use a preset, or a URL that ends in the account's id and can be read`;
  if (does !== 'unknown') return `${sentence}.`;
  return `${sentence}; or say in the block that it acts on nobody's account.`;
}
