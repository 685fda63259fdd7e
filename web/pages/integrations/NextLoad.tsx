import type { Integration } from '#contract';
import { TimeAgo } from '../../ui/TimeAgo.tsx';

/** When the schedule starts the next load, or why it starts none. */
export function NextLoad({ integration }: { integration: Integration }) {
  const { status, schedule, isPaused, nextLoadAt } = integration;
  if (nextLoadAt) return <TimeAgo at={nextLoadAt} />;
  if (schedule === null) return <span>By hand</span>;
  if (status === 'draft') return <span>After launch</span>;
  return <span>{isPaused ? 'Paused' : 'Never'}</span>;
}
