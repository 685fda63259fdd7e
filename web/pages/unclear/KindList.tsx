import type { UnclearKind } from '#contract';
import { toNumberText } from '../../ui/words.ts';
import classes from './KindList.module.css';

interface Props {
  kinds: readonly UnclearKind[];
  value: UnclearKind | null;
  onChange: (kind: UnclearKind | null) => void;
}

const isSame = (a: UnclearKind, b: UnclearKind | null): boolean =>
  b !== null && a.workflowId === b.workflowId && a.block === b.block && a.reason === b.reason;

/** The kinds of trouble: what is unclear for the same reason is mostly settled in the same way. */
export function KindList({ kinds, value, onChange }: Props) {
  const all = kinds.reduce((sum, kind) => sum + kind.count, 0);
  return (
    <nav className={classes.kinds} aria-label="Kinds of trouble">
      <button
        type="button"
        className={classes.kind}
        aria-pressed={value === null}
        onClick={() => onChange(null)}
      >
        <span className={classes.name}>All of them</span>
        <span className={classes.count}>{toNumberText(all)}</span>
      </button>
      {kinds.map((kind) => (
        <button
          key={`${kind.workflowId} ${kind.block} ${kind.reason}`}
          type="button"
          className={classes.kind}
          aria-pressed={isSame(kind, value)}
          onClick={() => onChange(kind)}
        >
          <span className={classes.name}>
            {kind.blockName}
            <small>{kind.workflowName}</small>
          </span>
          <span className={classes.count}>{toNumberText(kind.count)}</span>
          <span className={classes.reason}>{kind.reason}</span>
        </button>
      ))}
    </nav>
  );
}
