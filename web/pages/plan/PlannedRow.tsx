import { ArrowRight } from 'lucide-react';
import type { PlannedEffect } from '#contract';
import { ChangesPart } from '../run/ChangesPart.tsx';
import { useRunWorld } from '../run/run-world.ts';
import classes from './PlanPanel.module.css';
import { kindWords, skipWords, toneOfKind } from './plan-words.ts';

interface Props {
  effect: PlannedEffect;
  onOpen: (n: number, step: number) => void;
}

/** One thing that would be done, or left alone, to one account. */
export function PlannedRow({ effect, onOpen }: Props) {
  const { details } = useRunWorld();
  const { skip, target, request, changes, needs } = effect;
  const nameOf = (id: string): string => details.graph.blocks.find((block) => block.id === id)?.name ?? id;
  return (
    <details className={classes.row}>
      <summary>
        <span className={classes.who}>{target?.email || effect.label}</span>
        <span className={classes.badge} data-tone={skip ? 'neutral' : toneOfKind(effect.does)}>
          {skip ? `left alone, ${skipWords[skip.code]}` : kindWords[effect.does]}
        </span>
        <span className={classes.block}>{nameOf(effect.block)}</span>
      </summary>
      <div className={classes.story}>
        {skip && <p>{skip.sentence}</p>}
        {effect.note && <p>{effect.note}</p>}
        {target && (
          <p className={classes.quiet}>
            Account {target.id}
            {target.readAt && ', read for this plan'}
          </p>
        )}
        {request && (
          <code className={classes.request}>
            {request.method} {request.url}
          </code>
        )}
        {request?.body !== undefined && (
          <pre className={classes.body}>
            {typeof request.body === 'string' ? request.body : JSON.stringify(request.body, null, 2)}
          </pre>
        )}
        {needs.length > 0 && (
          <p className={classes.quiet}>Needs an answer of {needs.map(nameOf).join(', ')}, known only then.</p>
        )}
        {changes.length > 0 && <ChangesPart changes={changes} />}
        <button type="button" className={classes.way} onClick={() => onOpen(effect.recordN, effect.stepN)}>
          Show its way <ArrowRight size={13} aria-hidden />
        </button>
      </div>
    </details>
  );
}
