import type { RecordCounts } from '#contract';
import type { Part } from '../../ui/CountBar.tsx';

/** The records of a run by what became of them. */
export function partsOf(counts: RecordCounts): Part[] {
  return [
    { word: 'succeeded', count: counts.succeeded, tone: 'success' },
    { word: 'failed', count: counts.failed, tone: 'danger' },
    { word: 'skipped', count: counts.skipped, tone: 'warning' },
    { word: 'need attention', count: counts.needs_attention, tone: 'warning' },
    { word: 'running', count: counts.running, tone: 'interactive' },
    { word: 'waiting', count: counts.waiting, tone: 'neutral' },
    { word: 'queued', count: counts.queued, tone: 'neutral' },
    { word: 'cancelled', count: counts.cancelled, tone: 'neutral' },
  ];
}
