import { Link } from '@tanstack/react-router';
import { Hourglass } from 'lucide-react';
import type { Pace } from '#contract';
import { Note } from '../../editor/Note.tsx';
import { paceWords } from '../../ui/pace-words.ts';
import { useNow } from '../../ui/use-now.ts';

/** For whose pace a run waits, and how long. */
export function PaceNote({ pace }: { pace: Pace }) {
  const nowMs = useNow(1_000);
  return (
    <Note tone="interactive" icon={Hourglass}>
      <Link to={`/credentials/${pace.credentialId}`}>{pace.credentialName}</Link>: {paceWords(pace, nowMs)}
    </Note>
  );
}
