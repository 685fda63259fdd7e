import { Handle, Position } from '@xyflow/react';
import { CircleAlert, ShieldAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Block, type Exit, typeOfBlock } from '#contract';
import classes from './BlockCard.module.css';
import { BlockIcon } from './BlockIcon.tsx';
import { handleTop } from './card-size.ts';
import { useCatalogue } from './catalogue.ts';
import { effectWords } from './effect-words.ts';
import { inputHandle } from './graph.ts';
import { apiSettingsOf, harmOf } from './harm.ts';
import type { IssueCounts } from './issue-counts.ts';
import { summaryOf } from './summary.ts';

type Props = {
  block: Block;
  isSelected?: boolean;
  isConnectable?: boolean;
  issues?: IssueCounts | undefined;
  /** `path` and `off` tell the blocks that a record went through from the others. */
  state?: 'idle' | 'running' | 'done' | 'untouched' | 'path' | 'off' | undefined;
  /** Drawn at the right of the head, such as counts of a run. */
  badge?: ReactNode;
  /** Drawn before the name of an exit, such as how many records took it. */
  exitMark?: ((exit: Exit) => ReactNode) | undefined;
};

/** One block on a canvas: what it is, what it does in its own words, and where it may lead. */
export function BlockCard(props: Props) {
  const { block, issues, state = 'idle' } = props;
  const catalogue = useCatalogue();
  const blockType = typeOfBlock(catalogue.blockTypes, block);
  const summary = summaryOf(block, catalogue);
  const harm = harmOf(block, catalogue.vendors);
  const preset = apiSettingsOf(block);
  const vendorTitle = preset?.presetId ? catalogue.vendors.get(preset.vendorId)?.title : undefined;
  const exits = blockType?.exits ?? [];

  return (
    <div
      className={classes.card}
      data-selected={props.isSelected || undefined}
      data-destructive={harm !== null || undefined}
      data-state={state}
    >
      {blockType?.hasInput !== false && (
        <Handle
          type="target"
          id={inputHandle}
          position={Position.Left}
          className={classes.input}
          style={{ top: handleTop(0) }}
          isConnectable={props.isConnectable ?? true}
        />
      )}
      <div className={classes.head}>
        <BlockIcon type={block.type} group={blockType?.group ?? 'logic'} vendorTitle={vendorTitle} />
        <div className={classes.words}>
          <div className={classes.name} title={block.name}>
            {block.name}
          </div>
          <div
            className={classes.summary}
            data-code={summary.isCode || undefined}
            data-missing={summary.isMissing || undefined}
            title={summary.text}
          >
            {summary.text}
          </div>
        </div>
        {props.badge}
      </div>
      {issues && <IssueDot issues={issues} />}
      <div className={classes.exits}>
        {exits.map((exit, row) => (
          <div key={exit.id} className={classes.exit} data-tone={exit.tone}>
            {row === 0 && harm !== null && <HarmNote words={`${effectWords[harm.does]} in ${harm.where}`} />}
            {props.exitMark?.(exit)}
            <span className={classes.exitLabel}>{exit.label}</span>
            <Handle
              type="source"
              id={exit.id}
              position={Position.Right}
              className={classes.output}
              data-tone={exit.tone}
              style={{ top: handleTop(row) }}
              isConnectable={props.isConnectable ?? true}
              title={props.isConnectable === false ? undefined : `Drag to say where ${exit.label} leads`}
            />
          </div>
        ))}
        {exits.length === 0 && <div className={classes.closed}>nothing follows</div>}
      </div>
    </div>
  );
}

function HarmNote({ words }: { words: string }) {
  return (
    <span className={classes.harm} title={words}>
      <ShieldAlert size={13} aria-hidden />
      <span>{words}</span>
    </span>
  );
}

function IssueDot({ issues }: { issues: IssueCounts }) {
  const count = issues.errors + issues.warnings;
  if (count === 0) return null;
  const isError = issues.errors > 0;
  const Icon = isError ? CircleAlert : TriangleAlert;
  const words = `${count} ${count === 1 ? 'issue' : 'issues'}`;
  return (
    <span className={classes.issues} data-severity={isError ? 'error' : 'warning'} title={words}>
      <Icon size={11} strokeWidth={2.4} aria-hidden />
      <span aria-hidden>{count}</span>
      <span className={classes.hidden}>{words}</span>
    </span>
  );
}
