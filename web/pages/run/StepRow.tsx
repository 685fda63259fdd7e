import { type Step, typeOfBlock } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import { exitOf } from '../../editor/graph.ts';
import { toDurationText } from '../../ui/words.ts';
import { withoutRun } from './run-link.ts';
import { useRunWorld } from './run-world.ts';
import { StatusIcon } from './StatusIcon.tsx';
import classes from './StepRow.module.css';

type Props = { step: Step; isOpen: boolean; onOpen: () => void };

/** One step of a record: the block, how it ended, and what it found in one sentence. */
export function StepRow({ step, isOpen, onOpen }: Props) {
  const { details } = useRunWorld();
  const { blockTypes } = useCatalogue();
  const block = details.graph.blocks.find((one) => one.id === step.block);
  const exit = step.exit && step.exit !== 'end' ? exitOf(typeOfBlock(blockTypes, block), step.exit) : null;
  const told = step.error ?? step.note;
  const words = told === null ? null : withoutRun(told);

  return (
    <li className={classes.item}>
      <button
        type="button"
        className={classes.row}
        aria-current={isOpen ? 'step' : undefined}
        onClick={onOpen}
      >
        <StatusIcon status={step.status} />
        <span className={classes.words}>
          <span className={classes.top}>
            <span className={classes.name}>{block?.name ?? step.block}</span>
            {exit && (
              <span className={classes.exit} data-tone={exit.tone}>
                {exit.label}
              </span>
            )}
            <span className={classes.time}>{toDurationText(step.durationMs)}</span>
          </span>
          {words && <span className={classes.note}>{words}</span>}
        </span>
      </button>
    </li>
  );
}
