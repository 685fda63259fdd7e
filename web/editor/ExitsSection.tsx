import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import type { Block, BlockType, Exit } from '#contract';
import { useCatalogue } from './catalogue.ts';
import classes from './ExitsSection.module.css';
import { useDraft, useEditor } from './editor-world.ts';
import { allowedTargets } from './graph.ts';
import { setTargets, targetsOf } from './graph-changes.ts';

type Props = { block: Block; blockType: BlockType };

/** Where each exit of a block leads, side by side: the same as dragging its handle, for hands on the keyboard. */
export function ExitsSection({ block, blockType }: Props) {
  const { blockTypes } = useCatalogue();
  const graph = useDraft((state) => state.graph);
  const allowed = useMemo(() => allowedTargets(graph, blockTypes, block.id), [graph, blockTypes, block.id]);
  return (
    <section className={classes.section} aria-label="Exits">
      <h2 className={classes.title}>Exits</h2>
      {blockType.exits.map((exit) => (
        <ExitRow key={exit.id} block={block} exit={exit} allowed={allowed} />
      ))}
    </section>
  );
}

type RowProps = { block: Block; exit: Exit; allowed: readonly Block[] };

function ExitRow({ block, exit, allowed }: RowProps) {
  const { draft } = useEditor();
  const graph = useDraft((state) => state.graph);
  const targets = targetsOf(graph, { from: block.id, exit: exit.id });
  const odd = graph.blocks.filter((other) => targets.includes(other.id) && !allowed.includes(other));
  const options = [...odd, ...allowed];
  const id = `exit-${block.id}-${exit.id}`;

  return (
    <div className={classes.row} data-tone={exit.tone}>
      <label htmlFor={id} className={classes.label}>
        <span className={classes.mark} aria-hidden />
        {exit.label}
      </label>
      <span className={classes.goes}>goes to</span>
      <MultiSelect
        id={id}
        size="xs"
        flex={1}
        miw={0}
        classNames={{ inputField: classes.typed ?? '' }}
        searchable
        hidePickedOptions
        placeholder={targets.length === 0 ? 'nothing yet' : undefined}
        data={options.map(({ id: value, name }) => ({ value, label: name }))}
        value={targets}
        onChange={(next) => draft.change((old) => setTargets(old, { from: block.id, exit: exit.id }, next))}
        nothingFoundMessage="No block is called that"
      />
    </div>
  );
}
