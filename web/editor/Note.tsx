import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from '../ui/tone.ts';
import classes from './Note.module.css';

type Props = { tone: Tone; icon: LucideIcon; children: ReactNode };

/** A few words that matter, set off from the rest. */
export function Note({ tone, icon: Icon, children }: Props) {
  return (
    <div className={classes.note} data-tone={tone} role="note">
      <Icon size={16} aria-hidden />
      <div>{children}</div>
    </div>
  );
}
