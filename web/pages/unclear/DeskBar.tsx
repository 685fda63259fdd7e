import { Button } from '@mantine/core';
import { useState } from 'react';
import { type Resolution, resolutions, type UnclearCall } from '#contract';
import { useUnclearDecision } from '../../api/use-unclear-calls.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { resolutionWords } from '../../ui/resolution-words.ts';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { countOf } from '../../ui/words.ts';
import classes from './DeskBar.module.css';

interface Props {
  calls: readonly UnclearCall[];
  onDone: () => void;
}

/** What is said about the chosen calls, all at once. */
export function DeskBar({ calls, onDone }: Props) {
  const [choice, setChoice] = useState<Resolution | null>(null);
  const decision = useUnclearDecision();
  const names = [...new Set(calls.map(({ blockName }) => blockName))];
  const isDestructive = calls.some(({ effect }) => effect?.does === 'delete');

  const decide = (chosen: Resolution): void =>
    decision.mutate(
      { choice: chosen, calls: calls.map(({ runId, n, step }) => ({ runId, n, step })) },
      {
        onSuccess: ({ settled, refused }) => {
          if (settled > 0) sayDone(`${countOf(settled, 'call')} settled. The records go on.`);
          const [first] = refused;
          if (first) sayFailed(`${countOf(refused.length, 'call')} not settled`, first.reason);
          setChoice(null);
          onDone();
        },
      },
    );

  return (
    <div className={classes.bar}>
      <strong>{countOf(calls.length, 'call')} chosen</strong>
      <div className={classes.choices}>
        {resolutions.map((one) => (
          <Button key={one} size="compact-sm" variant="default" onClick={() => setChoice(one)}>
            {resolutionWords[one].label}
          </Button>
        ))}
      </div>
      {choice && (
        <ConfirmDialog
          title={`${resolutionWords[choice].label}: ${countOf(calls.length, 'call')}`}
          action={
            choice === 'repeat' ? `Repeat ${countOf(calls.length, 'call')}` : resolutionWords[choice].label
          }
          isDestructive={choice === 'repeat' && isDestructive}
          isPending={decision.isPending}
          error={decision.error}
          onConfirm={() => decide(choice)}
          onClose={() => setChoice(null)}
        >
          {resolutionWords[choice].words(names.join(', '))}
        </ConfirmDialog>
      )}
    </div>
  );
}
