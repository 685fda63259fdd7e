import type { Integration } from '../domain/integration.ts';
import type { AccountCounts } from './load-ports.ts';

export interface ListRead {
  vendor: string;
  /** Records that the list had. */
  read: number;
  /** Those of them that cannot be told apart from a missing account, because they have no identifier. */
  unidentified: number;
}

export type Verdict =
  | { outcome: 'none' | 'left' | 'deactivated' }
  /** Somebody has to look first. */
  | { outcome: 'held'; reason: string }
  /** The list cannot be true. */
  | { outcome: 'refused'; reason: string };

/**
 * What becomes of accounts that a list does not name, when it was read to its end. Absence proves nothing in a list
 * that is empty, that has shrunk by more than the integration allows, or that names accounts which nobody can identify.
 */
export function judgeMissing(
  { known, missing }: AccountCounts,
  list: ListRead,
  rule: Integration['missingAccounts'],
): Verdict {
  const { vendor, read, unidentified } = list;
  if (read === 0 && known > 0) {
    const reason = `${vendor} listed nobody, although ${known} accounts are known. Nothing was changed. Check what the credential may read, then run it again.`;
    return { outcome: 'refused', reason };
  }
  if (missing === 0) return { outcome: 'none' };
  if (rule.action === 'leave') return { outcome: 'left' };

  const found = `${missing} of ${known} accounts ${missing === 1 ? 'is' : 'are'} missing from the list`;
  const next = 'Nobody was deactivated. Confirm it, or leave them as they are.';
  if (unidentified > 0) {
    const nameless = unidentified === 1 ? '1 record has' : `${unidentified} records have`;
    const reason = `${found}, but ${nameless} no identifier, so nobody can tell whose accounts they are. ${next}`;
    return { outcome: 'held', reason };
  }
  const share = (missing / known) * 100;
  if (share > rule.maxSharePercent) {
    const reason = `${found}. That is ${toPercent(share)} %, and only ${rule.maxSharePercent} % are deactivated without asking. ${next}`;
    return { outcome: 'held', reason };
  }
  return { outcome: 'deactivated' };
}

/** One digit, rounded so that it never looks like less than it is. */
const toPercent = (share: number): number => Math.ceil(share * 10) / 10;
