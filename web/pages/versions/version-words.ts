import type { VersionSummary } from '#contract';
import type { Side } from '../../api/use-versions.ts';
import type { Status } from '../../ui/statuses.ts';

/** How the state of a version is shown. */
export const stateLooks: Record<VersionSummary['state'], { status: Status; word: string }> = {
  active: { status: 'active', word: 'Active' },
  waiting: { status: 'waiting', word: 'Waits for a second person' },
  past: { status: 'skipped', word: 'Not active' },
};

/** `Version 3`, or the draft. */
export const sideWords = (side: Side | null): string =>
  side === 'draft' || side === null ? 'Draft' : `Version ${side}`;
