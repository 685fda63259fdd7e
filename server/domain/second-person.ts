import { type Role, rightsOf } from './rights.ts';

/** An operator, with who gave the role last. */
export interface Hand {
  id: string;
  role: Role;
  /** An operator's id, or `console`; null for the first owner. */
  grantedBy: string | null;
  grantedAt: number;
}

/** So long after a role was given, its holder counts as whoever gave it. */
export const freshRoleMs = 7 * 24 * 60 * 60_000;

/** Why somebody cannot agree: they asked, they made it, or their role is a fresh gift of the same hand. */
export type Bar = 'no_right' | 'requester' | 'author' | 'fresh';

/** Whom a request comes from. */
export interface Asked {
  requestedBy: string;
  authors: readonly string[];
}

/** What keeps this operator from agreeing; null when nothing does. */
export function barOf(decider: Hand, asked: Asked, hands: readonly Hand[], now: number): Bar | null {
  if (!rightsOf[decider.role].includes('approvals.decide')) return 'no_right';
  if (decider.id === asked.requestedBy) return 'requester';
  if (asked.authors.includes(decider.id)) return 'author';
  const own = handsJoinedTo(decider.id, hands, now);
  // Nobody knows who sat at the console: it may be anybody's hand.
  if (own.has('console')) return 'fresh';
  return [asked.requestedBy, ...asked.authors].some((id) => own.has(id)) ? 'fresh' : null;
}

/** Operators who can agree now. */
export const secondPersons = <H extends Hand>(asked: Asked, hands: readonly H[], now: number): H[] =>
  hands.filter((hand) => barOf(hand, asked, hands, now) === null);

/** Whether the operator may agree alone where nobody else can: not with a role that somebody has just given. */
export const mayActAlone = (decider: Hand, now: number): boolean =>
  rightsOf[decider.role].includes('approvals.decide') && !isFresh(decider, now);

/** A clock that was set back makes no role older. */
const isFresh = ({ grantedBy, grantedAt }: Hand, now: number): boolean =>
  grantedBy !== null && now - grantedAt < freshRoleMs;

/** Everybody who may be the same person: accounts that fresh gifts of roles join, in whichever direction. */
function handsJoinedTo(id: string, hands: readonly Hand[], now: number): Set<string> {
  const gifts = hands.filter((hand) => isFresh(hand, now));
  const joined = new Set([id]);
  for (let before = 0; before < joined.size; ) {
    before = joined.size;
    for (const { id: taker, grantedBy } of gifts) {
      if (grantedBy === null) continue;
      // Through the console strangers meet: what it gave joins nobody to anybody.
      if (joined.has(taker)) joined.add(grantedBy);
      else if (grantedBy !== 'console' && joined.has(grantedBy)) joined.add(taker);
    }
  }
  return joined;
}
