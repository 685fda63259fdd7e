import type { LoadTally } from '#contract';
import type { Part } from '../../ui/CountBar.tsx';

/** The records of a load by what became of them. */
export function tallyParts(tally: LoadTally): Part[] {
  return [
    { word: 'created', count: tally.created, tone: 'success' },
    { word: 'updated', count: tally.updated, tone: 'interactive' },
    { word: 'unchanged', count: tally.unchanged, tone: 'neutral' },
    { word: 'skipped', count: tally.skipped, tone: 'warning' },
    { word: 'failed', count: tally.failed, tone: 'danger' },
  ];
}
