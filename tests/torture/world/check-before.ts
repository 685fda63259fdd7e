import type { LedgerEntry } from '../../../server/sandbox/ledger.ts';

/** How old a look at an account may be when a call takes something from it. */
const longestMs = 60_000;

/** A record's account as the record names it. */
export interface NamedAccount {
  /** Of the record in its run. */
  n: number;
  id: string;
  email: string;
}

/** A step of the journal as its table has it. */
export interface StepEvidence {
  recordN: number;
  n: number;
  request: string | null;
  answer: string | null;
  effect: string | null;
  before: string | null;
}

interface KeptEffect {
  limitKind: string | null;
  target: { id: string; readAt: number; readStep: number | null } | null;
}

export interface BeforeVerdict {
  /** Calls that take something from somebody and that reached the vendor. */
  calls: number;
  found: string[];
}

/**
 * Holds every call that takes something from somebody against two witnesses: the vendor's ledger must show a look at the
 * same account at most 60 seconds before, and the journal must keep the state that this look found.
 */
export function checkBefore(
  entries: readonly LedgerEntry[],
  steps: readonly StepEvidence[],
  accounts: readonly NamedAccount[],
): BeforeVerdict {
  const harmful = entries.filter(({ method }) => method !== 'GET');
  const found: string[] = [];
  for (const [i, entry] of harmful.entries()) {
    const what = `${entry.method} ${entry.path}`;
    const account = accounts.find(({ id }) => id === entry.personId || names(entry.path, id));
    if (!account) {
      found.push(`${what} is about nobody in the run.`);
      continue;
    }
    const isRead = entries.some((read) => isLookAt(read, account, entry));
    if (!isRead) found.push(`${what}: the vendor saw no look at the account in the minute before.`);
    // An attempt that was made again has its evidence replaced by that of the last one.
    const isLast = !harmful.slice(i + 1).some(({ method, path }) => `${method} ${path}` === what);
    if (isLast) found.push(...checkKept(entry, account, steps).map((each) => `${what}: ${each}`));
  }
  return { calls: harmful.length, found };
}

function isLookAt(read: LedgerEntry, { id, email }: NamedAccount, call: LedgerEntry): boolean {
  return (
    read.method === 'GET' &&
    read.performed === 200 &&
    (names(read.path, id) || names(read.path, email)) &&
    read.sequence < call.sequence &&
    call.timeMs - read.timeMs <= longestMs
  );
}

function checkKept(entry: LedgerEntry, { n, id }: NamedAccount, steps: readonly StepEvidence[]): string[] {
  const made = steps.filter(
    ({ recordN, request, effect }) => recordN === n && effect !== null && isRequestOf(request, entry),
  );
  if (made.length === 0) return ['no step of the journal made it.'];
  // Blocks of one path may make the same request: the call is the one's that has looked last before it.
  const targets = made.map(({ effect }) => (JSON.parse(effect ?? '') as KeptEffect).target);
  const looked = targets.map((target) => target?.readAt ?? Number.NEGATIVE_INFINITY);
  const before = looked.filter((at) => at <= entry.timeMs);
  const at = looked.lastIndexOf(before.length > 0 ? Math.max(...before) : Math.max(...looked));
  const [step, target] = [made[at], targets[at]];
  if (!step || !target) return ['the journal does not say whom it was done to.'];
  if (target.id !== id) return [`the journal names ${target.id}.`];
  const readBy = steps.find((one) => one.recordN === n && one.n === target.readStep);
  const text = target.readStep === null ? step.before : readBy?.answer;
  const state = JSON.parse(text ?? 'null') as { outcome: string; body: unknown } | null;
  if (state?.outcome !== 'ok') return ['the journal has no state of the account before it.'];
  if (!holds(state.body, id)) return ['the state before it is of another account.'];
  const ageMs = entry.timeMs - target.readAt;
  // What a fault kept from being done has changed nobody. The look before the next attempt takes the place of its own,
  // also where that attempt was then held and never left.
  if (ageMs < 0 && entry.performed === null) return [];
  return ageMs < 0 || ageMs > longestMs ? [`the state before it was read ${ageMs} ms before.`] : [];
}

function isRequestOf(request: string | null, { method, path }: LedgerEntry): boolean {
  const made = JSON.parse(request ?? '{}') as { method?: string; url?: string };
  return made.method === method && made.url !== undefined && path.endsWith(made.url);
}

/** Whether a path or its query has this as a whole part. */
const names = (path: string, part: string): boolean =>
  part !== '' && path.split(/[/?&=]/).some((each) => decodeURIComponent(each) === part);

/** Whether a value stands anywhere in an answer. */
function holds(body: unknown, value: string): boolean {
  if (body === null || typeof body !== 'object') return String(body) === value;
  return Object.values(body).some((each) => holds(each, value));
}
