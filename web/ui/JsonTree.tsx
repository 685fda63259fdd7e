import { ChevronRight, CornerDownLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import classes from './JsonTree.module.css';

/** Names and indexes from the whole value to one within it. */
export type JsonPath = readonly (string | number)[];

type Props = {
  value: unknown;
  /** Makes every value a button; it gets the way to the value that was chosen. */
  onPick?: ((path: JsonPath, value: unknown) => void) | undefined;
  /** What choosing does, for a screen reader: `Keep`. */
  pickWord?: string;
  path?: JsonPath;
};

const openDepth = 3;
const shownEntries = 100;

/** A JSON value to look into: lists and records fold, long ones are cut with a word about the rest. */
export function JsonTree({ value, onPick, pickWord = 'Choose', path = [] }: Props) {
  const [isOpen, setIsOpen] = useState(path.length < openDepth);
  const name = path.at(-1);
  if (typeof value !== 'object' || value === null)
    return <Leaf name={name} value={value} path={path} onPick={onPick} pickWord={pickWord} />;

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
      {onPick && (
        <button
          type="button"
          className={classes.whole}
          aria-label={`${pickWord} ${pathWords(path)}`}
          onClick={() => onPick(path, value)}
        >
          <CornerDownLeft size={11} aria-hidden />
          all of it
        </button>
      )}
      {isOpen && (
        <div className={classes.inside}>
          {entries.slice(0, shownEntries).map(([key, inner]) => (
            <JsonTree
              key={key}
              value={inner}
              path={[...path, isList ? Number(key) : key]}
              onPick={onPick}
              pickWord={pickWord}
            />
          ))}
          {entries.length > shownEntries && (
            <div className={classes.words}>and {entries.length - shownEntries} more</div>
          )}
        </div>
      )}
    </div>
  );
}

type LeafProps = Required<Pick<Props, 'value' | 'pickWord' | 'path'>> &
  Pick<Props, 'onPick'> & { name: string | number | undefined };

function Leaf({ name, value, path, onPick, pickWord }: LeafProps) {
  const kind = value === null ? 'null' : typeof value;
  const text = kind === 'string' ? JSON.stringify(value) : String(value);
  return (
    <Line name={name}>
      {onPick ? (
        <button
          type="button"
          className={classes.pick}
          data-kind={kind}
          aria-label={`${pickWord} ${pathWords(path)}, ${text}`}
          onClick={() => onPick(path, value)}
        >
          {text}
        </button>
      ) : (
        <span className={classes.value} data-kind={kind}>
          {text}
        </span>
      )}
    </Line>
  );
}

function Line({ name, children }: { name: string | number | undefined; children: ReactNode }) {
  return (
    <div className={classes.line}>
      {name !== undefined && <span className={classes.name}>{name}</span>}
      {children}
    </div>
  );
}

const pathWords = (path: JsonPath): string => (path.length === 0 ? 'the whole value' : path.join('.'));
