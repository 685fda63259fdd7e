import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import classes from './JsonTree.module.css';

type Props = { value: unknown; name?: string | undefined; depth?: number };

const openDepth = 3;
const shownEntries = 100;

/** A JSON value to look into: lists and records fold, long ones are cut with a word about the rest. */
export function JsonTree({ value, name, depth = 0 }: Props) {
  const [isOpen, setIsOpen] = useState(depth < openDepth);
  if (typeof value !== 'object' || value === null) return <Leaf name={name} value={value} />;

  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const words = isList ? `[${entries.length}]` : `{${entries.length}}`;
  if (entries.length === 0) return <Line name={name}>{isList ? '[]' : '{}'}</Line>;
  return (
    <div className={classes.branch}>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <ChevronRight size={11} className={classes.arrow} data-open={isOpen || undefined} aria-hidden />
        {name !== undefined && <span className={classes.name}>{name}</span>}
        <span className={classes.words}>{words}</span>
      </button>
      {isOpen && (
        <div className={classes.inside}>
          {entries.slice(0, shownEntries).map(([key, inner]) => (
            <JsonTree key={key} name={key} value={inner} depth={depth + 1} />
          ))}
          {entries.length > shownEntries && (
            <div className={classes.words}>and {entries.length - shownEntries} more</div>
          )}
        </div>
      )}
    </div>
  );
}

function Leaf({ name, value }: { name: string | undefined; value: unknown }) {
  const kind = value === null ? 'null' : typeof value;
  return (
    <Line name={name}>
      <span className={classes.value} data-kind={kind}>
        {kind === 'string' ? JSON.stringify(value) : String(value)}
      </span>
    </Line>
  );
}

function Line({ name, children }: { name: string | undefined; children: ReactNode }) {
  return (
    <div className={classes.line}>
      {name !== undefined && <span className={classes.name}>{name}</span>}
      {children}
    </div>
  );
}
