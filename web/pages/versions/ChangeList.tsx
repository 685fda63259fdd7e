import { ArrowRight, Check } from 'lucide-react';
import type { BlockChangeWords, WorkflowDifference } from '#contract';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { countOf } from '../../ui/words.ts';
import classes from './ChangeList.module.css';
import { MarkBadge } from './ComparedCanvas.tsx';

interface Props {
  difference: WorkflowDifference;
  chosen: string | null;
  onChoose: (block: string) => void;
}

/** Everything that is different, in words; a block is shown on both canvases when it is chosen. */
export function ChangeList({ difference, chosen, onChoose }: Props) {
  const { blocks, edges, marks, moved } = difference;
  const isSame = blocks.length + edges.length + marks.length === 0;
  return (
    <section className={classes.list} aria-label="Differences">
      {isSame && (
        <EmptyState icon={Check} title="Both are the same">
          {moved.length === 0
            ? 'No block, edge, setting or note is different.'
            : `Only ${countOf(moved.length, 'block')} stand${moved.length === 1 ? 's' : ''} elsewhere on the canvas.`}
        </EmptyState>
      )}
      <ul>
        {blocks.map((block) => (
          <li key={block.id}>
            <BlockRow block={block} isChosen={chosen === block.id} onChoose={() => onChoose(block.id)} />
          </li>
        ))}
        {edges.map(({ kind, from, to, words }) => (
          <li key={`${kind} ${words} ${from} ${to}`}>
            <button type="button" className={classes.row} onClick={() => onChoose(from)}>
              <span className={classes.head}>
                <span className={classes.name}>{words}</span>
                <span className={classes.type}>Edge</span>
                <MarkBadge mark={kind} />
              </span>
            </button>
          </li>
        ))}
        {marks.map(({ what, kind, text }) => (
          <li key={`${what} ${kind} ${text}`} className={classes.row}>
            <span className={classes.head}>
              <span className={classes.name}>{text || (what === 'note' ? 'An empty note' : 'No title')}</span>
              <span className={classes.type}>{what === 'note' ? 'Note' : 'Group'}</span>
              <MarkBadge mark={kind} />
            </span>
          </li>
        ))}
      </ul>
      {!isSame && moved.length > 0 && (
        <p
          className={classes.moved}
        >{`${countOf(moved.length, 'block')} only stood elsewhere on the canvas.`}</p>
      )}
    </section>
  );
}

type RowProps = { block: BlockChangeWords; isChosen: boolean; onChoose: () => void };

function BlockRow({ block, isChosen, onChoose }: RowProps) {
  const { name, type, kind, changes } = block;
  return (
    <button type="button" className={classes.row} aria-pressed={isChosen} onClick={onChoose}>
      <span className={classes.head}>
        <span className={classes.name}>{name}</span>
        <span className={classes.type}>{type}</span>
        <MarkBadge mark={kind} />
      </span>
      {changes.map(({ label, before, after }) => (
        <span key={label} className={classes.change}>
          <span className={classes.label}>{label}</span>
          <span className={classes.before}>{before ?? 'nothing'}</span>
          <span className={classes.arrow}>
            <ArrowRight size={14} aria-hidden />
            <span className="sr-only">becomes</span>
          </span>
          <span className={classes.after}>{after ?? 'nothing'}</span>
        </span>
      ))}
    </button>
  );
}
