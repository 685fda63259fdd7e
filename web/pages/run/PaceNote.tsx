import { Hourglass } from 'lucide-react';
import type { Pace } from '#contract';
import { Note } from '../../editor/Note.tsx';
import { paceWords } from '../../ui/pace-words.ts';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { useNow } from '../../ui/use-now.ts';

/** For whose pace a run waits, and how long. */
export function PaceNote({ pace }: { pace: Pace }) {
  const nowMs = useNow(1_000);
  return (
    <Note tone="interactive" icon={Hourglass}>
      <RouteLink to={`/credentials/${pace.credentialId}`}>{pace.credentialName}</RouteLink>:{' '}
      {paceWords(pace, nowMs)}
    </Note>
  );
}
