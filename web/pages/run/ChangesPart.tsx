import { ArrowRight } from 'lucide-react';
import type { StepChange } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import { toValueText } from '../../ui/words.ts';
import classes from './parts.module.css';
import { clockWords } from './run-words.ts';

const recordWords = { person: 'Person', saas_user: 'SaaS user', variable: 'Variable' } as const;

/** Every value that the step changed, before and after. */
export function ChangesPart({ changes }: { changes: StepChange[] }) {
  const { fields } = useCatalogue();
  if (changes.length === 0) return <p className={classes.none}>No value of ours changed.</p>;
  return (
    <ul className={classes.changes}>
      {changes.map((change) => {
        const field = fields.find(
          (one) => one.externalId === change.field && one.recordType === change.record,
        );
        return (
          <li key={`${change.record}.${change.field}`}>
            <span className={classes.changed}>
              {recordWords[change.record]}: {field?.label ?? change.field}
            </span>
            <Value className={classes.before} value={change.before} />
            <span className={classes.became}>
              <ArrowRight size={13} aria-label="became" />
              <Value className={classes.after} value={change.after} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Value({ className, value }: { className: string | undefined; value: unknown }) {
  const text = show(value);
  return (
    <span className={className} data-empty={text === null || undefined}>
      {text ?? 'empty'}
    </span>
  );
}

const longest = 300;
const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A value as a person reads it; null where there is none. */
function show(value: unknown): string | null {
  const text = toValueText(value);
  if (text === '') return null;
  if (isTime.test(text)) return clockWords(text);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
