import { Loader } from '@mantine/core';
import { Check, Circle, CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { SaveState } from './autosave.ts';
import classes from './SaveNote.module.css';

/** Says whether the draft is saved, and since when. */
export function SaveNote({ state }: { state: SaveState }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const { icon, words, why } = noteOf(state, now);
  return (
    <span className={classes.note} data-kind={state.kind} role="status" title={why ?? words}>
      {icon}
      <span className={classes.words}>{words}</span>
    </span>
  );
}

function noteOf(state: SaveState, now: number): { icon: ReactNode; words: string; why?: string } {
  switch (state.kind) {
    case 'saving':
      return { icon: <Loader size={12} aria-hidden />, words: 'Saving…' };
    case 'unsaved':
      return { icon: <Circle size={12} aria-hidden />, words: 'Not saved yet' };
    case 'failed':
      return {
        icon: <CircleAlert size={14} aria-hidden />,
        words: state.isPassing ? 'Not saved, trying again' : `Not saved: ${state.message}`,
        why: state.message,
      };
    case 'conflict':
      return { icon: <CircleAlert size={14} aria-hidden />, words: 'Not saved: somebody else saved first' };
    case 'saved':
      return { icon: <Check size={14} aria-hidden />, words: savedWords(state.at, now) };
  }
}

/** How long ago the draft was saved, in words. */
function savedWords(at: number | null, now: number): string {
  if (at === null) return 'Saved';
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 3) return 'Saved just now';
  if (seconds < 60) return `Saved ${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `Saved ${minutes} min ago`;
  return `Saved ${Math.floor(minutes / 60)} h ago`;
}
