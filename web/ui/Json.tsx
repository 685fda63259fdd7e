import { CopyButton } from './CopyButton.tsx';
import classes from './Json.module.css';

/** A value as indented JSON, to be read and copied. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  return (
    <div className={classes.box}>
      <div className={classes.copy}>
        <CopyButton text={text} what={label} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.json} tabIndex={0} aria-label={label}>
        <pre>
          {parts(text).map((part) => (
            <span key={part.at} data-kind={part.kind}>
              {part.text}
            </span>
          ))}
        </pre>
      </section>
    </div>
  );
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The text cut into what is coloured alike. */
function parts(text: string): { at: number; kind: string | undefined; text: string }[] {
  const found: { at: number; kind: string | undefined; text: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > end) found.push({ at: end, kind: undefined, text: text.slice(end, match.index) });
    const word = match[1] ?? match[0];
    const kind = match[2] ? 'key' : kindOf(match);
    found.push({ at: match.index, kind, text: word });
    end = match.index + word.length;
  }
  found.push({ at: end, kind: undefined, text: text.slice(end) });
  return found;
}

function kindOf(match: RegExpMatchArray): string {
  if (match[1]) return 'text';
  return match[3] ? 'word' : 'number';
}
