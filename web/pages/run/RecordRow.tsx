import { ChevronRight } from 'lucide-react';
import { type RunRecord, typeOfBlock } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import { exitOf } from '../../editor/graph.ts';
import { statusLooks } from '../../ui/statuses.ts';
import classes from './RecordsPanel.module.css';
import { placeWords, recordWaitWords } from './run-words.ts';
import { useRunWorld } from './run-world.ts';
import { StatusIcon } from './StatusIcon.tsx';

type Props = { record: RunRecord; onOpen: () => void };

/** One record: who it is, and where it ended or why it failed. */
export function RecordRow({ record, onOpen }: Props) {
  const { details } = useRunWorld();
  const { blockTypes } = useCatalogue();
  const blockOf = (id: string) => details.graph.blocks.find((block) => block.id === id);
  const place = placeWords(
    record,
    (id) => blockOf(id)?.name ?? id,
    (id, exit) => exitOf(typeOfBlock(blockTypes, blockOf(id)), exit),
  );

  return (
    <button type="button" className={classes.row} onClick={onOpen}>
      <StatusIcon status={record.status} />
      <span className={classes.runWords}>
        <span className={classes.label}>{record.label}</span>
        <span className={classes.place} title={record.error ?? place}>
          {record.error ?? stateWords(record, place)}
        </span>
      </span>
      <ChevronRight size={15} className={classes.arrow} aria-hidden />
    </button>
  );
}

function stateWords(record: RunRecord, place: string): string {
  if (record.status === 'needs_attention') return 'No answer is known: decide what happened';
  if (record.waits) return [place, recordWaitWords(record.waits)].filter(Boolean).join(' · ');
  return place || statusLooks[record.status].word;
}
