import type { Viewport } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { WorkflowDifference } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import { toNodes } from '../../editor/graph.ts';
import { boundsOf } from '../../editor/use-first-view.ts';
import { ChangeList } from './ChangeList.tsx';
import { ComparedCanvas } from './ComparedCanvas.tsx';
import classes from './Comparison.module.css';
import { inPlace, marksOf } from './compared-graph.ts';
import { sideWords } from './version-words.ts';

/** Both graphs in step, with the same blocks at the same places, and the list of what is different. */
export function Comparison({ difference }: { difference: WorkflowDifference }) {
  const { blockTypes } = useCatalogue();
  const [chosen, setChosen] = useState<string | null>(null);
  const [viewport, setViewport] = useState<Viewport | null>(null);
  const { from, to } = difference;
  const before = useMemo(() => inPlace(from.graph, to.graph), [from.graph, to.graph]);
  const bounds = useMemo(() => {
    const all = new Map([...before.blocks, ...to.graph.blocks].map((block) => [block.id, block]));
    return boundsOf(toNodes({ blocks: [...all.values()], edges: [] }, blockTypes, []));
  }, [before, to.graph, blockTypes]);
  const marks = useMemo(() => marksOf(difference), [difference]);
  const view = { bounds, chosen, marks, onChoose: setChosen, viewport, onViewport: setViewport };

  return (
    <div className={classes.parts}>
      <section className={classes.side} aria-label={`Before: ${sideWords(from.number)}`}>
        <h2>{sideWords(from.number)}</h2>
        <ComparedCanvas {...view} graph={before} side="before" />
      </section>
      <section className={classes.side} aria-label={`After: ${sideWords(to.number)}`}>
        <h2>{sideWords(to.number)}</h2>
        <ComparedCanvas {...view} graph={to.graph} side="after" />
      </section>
      <ChangeList difference={difference} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}
