import { Button } from '@mantine/core';
import { GitMerge } from 'lucide-react';
import type { Workflow } from '#contract';
import classes from './ConflictBanner.module.css';

type Props = { theirs: Workflow; onTake: () => void; onOverwrite: () => void };

/** Two people edited the same draft: nothing is saved until one of them decides. */
export function ConflictBanner({ theirs, onTake, onOverwrite }: Props) {
  const time = new Date(theirs.updatedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return (
    <div className={classes.banner} role="alert">
      <GitMerge size={18} aria-hidden />
      <p className={classes.words}>
        <strong>Somebody else saved first</strong>, at {time}. Your changes are still here, and are not saved.
      </p>
      <Button size="xs" variant="default" onClick={onTake}>
        Reload their draft
      </Button>
      <Button size="xs" variant="default" onClick={onOverwrite}>
        Save mine over theirs
      </Button>
    </div>
  );
}
