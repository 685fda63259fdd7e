import { ArrowRight } from 'lucide-react';
import type { StepChange } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import classes from './parts.module.css';

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
            <span className={classes.values}>
              <span className={classes.before}>{show(change.before)}</span>
              <ArrowRight size={13} aria-label="became" />
              <span className={classes.after}>{show(change.after)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function show(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
