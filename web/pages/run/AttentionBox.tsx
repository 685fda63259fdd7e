import { Button, Stack } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Resolution, RunRecord, Step } from '#contract';
import { useResolution } from '../../api/use-run.ts';
import { useCan } from '../../api/use-session.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { resolutionWords } from '../../ui/resolution-words.ts';
import { settlers } from '../unclear/settlers.ts';
import classes from './AttentionBox.module.css';
import { clockWords } from './run-words.ts';
import { useRunWorld } from './run-world.ts';

type Props = { runId: string; record: RunRecord; step: Step };

/** A call whose outcome nobody knows: the evidence, and the three things that a person may say about it. */
export function AttentionBox({ runId, record, step }: Props) {
  const { details } = useRunWorld();
  const maySettle = useCan('runs.settle');
  const [choice, setChoice] = useState<Resolution | null>(null);
  const resolution = useResolution(runId, record.n, step.n);
  const name = details.graph.blocks.find((block) => block.id === step.block)?.name ?? step.block;

  return (
    <section className={classes.box} aria-label="Needs attention">
      <h3 className={classes.title}>
        <TriangleAlert size={16} aria-hidden />
        Nobody knows whether this happened
      </h3>
      {step.request && (
        <code className={classes.request}>
          {step.request.method} {step.request.url}
        </code>
      )}
      <dl className={classes.evidence}>
        <dt>Intent written, then sent</dt>
        <dd>{clockWords(step.startedAt)}</dd>
        <dt>Answer</dt>
        <dd>{step.answer ? step.answer.outcome : 'none'}</dd>
      </dl>
      {step.error && <p className={classes.words}>{step.error}</p>}
      <p className={classes.words}>
        {maySettle ? 'Look the account up in the app, then say what you found.' : settlers}
      </p>
      {maySettle && (
        <Stack gap={6}>
          {(Object.keys(resolutionWords) as Resolution[]).map((one) => (
            <Button key={one} size="xs" variant="default" fullWidth onClick={() => setChoice(one)}>
              {resolutionWords[one].label}
            </Button>
          ))}
        </Stack>
      )}
      {choice && (
        <ConfirmDialog
          title={`${resolutionWords[choice].label}: ${record.label}`}
          action={choice === 'repeat' ? `Repeat ${name}` : resolutionWords[choice].label}
          isDestructive={choice === 'repeat' && step.request?.method === 'DELETE'}
          isPending={resolution.isPending}
          error={resolution.error}
          onConfirm={() => resolution.mutate(choice, { onSuccess: () => setChoice(null) })}
          onClose={() => setChoice(null)}
        >
          {resolutionWords[choice].words(name)}
        </ConfirmDialog>
      )}
    </section>
  );
}
