import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { type Step, typeOfBlock } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import { exitOf } from '../../editor/graph.ts';
import { AnswerPart } from './AnswerPart.tsx';
import { ChangesPart } from './ChangesPart.tsx';
import { EvidencePart } from './EvidencePart.tsx';
import { RequestPart } from './RequestPart.tsx';
import { timingWords } from './run-words.ts';
import { useRunWorld } from './run-world.ts';
import { StatusIcon } from './StatusIcon.tsx';
import { StepNote } from './StepNote.tsx';
import classes from './StepPanel.module.css';

type Props = { step: Step; label: string; onClose: () => void };

/** As in the style sheets of the run's page. */
const narrow = '(max-width: 860px)';

/** The evidence of one step: what was asked, what was answered, and what changed. */
export function StepPanel({ step, label, onClose }: Props) {
  const { details } = useRunWorld();
  const panel = useRef<HTMLElement>(null);
  const { blockTypes } = useCatalogue();
  // Where everything stands below each other, the list from which it was opened is further down.
  useEffect(() => {
    if (step.n > 0 && window.matchMedia(narrow).matches) panel.current?.scrollIntoView();
  }, [step.n]);
  const block = details.graph.blocks.find((one) => one.id === step.block);
  const exit =
    step.exit && step.exit !== 'end' ? exitOf(typeOfBlock(blockTypes, block), step.exit).label : null;
  const facts = [label, exit && `left by ${exit}`, ...timingWords(step)];

  return (
    <section ref={panel} className={classes.panel} aria-label={`Step ${block?.name ?? step.block}`}>
      <header className={classes.head}>
        <StatusIcon status={step.status} />
        <h2 className={classes.title}>{block?.name ?? step.block}</h2>
        <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Close this step" onClick={onClose}>
          <X size={16} aria-hidden />
        </ActionIcon>
      </header>
      {(step.error ?? step.note) && (
        <p className={classes.note} data-failed={step.error !== null || undefined}>
          <StepNote text={step.error ?? step.note ?? ''} />
        </p>
      )}
      <div className={classes.parts}>
        <Part title="Request">
          <RequestPart request={step.request} />
        </Part>
        <Part title="Response">
          <AnswerPart answer={step.answer} hasRequest={step.request !== null} />
        </Part>
        <Part title="What changed">
          <ChangesPart changes={step.changes} />
          {step.evidence && <EvidencePart evidence={step.evidence} />}
        </Part>
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h3 className={classes.partTitle}>{title}</h3>
      {children}
    </section>
  );
}
