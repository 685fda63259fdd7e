import { ArrowRight, History } from 'lucide-react';
import type { PersonDetails } from '#contract';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toValueText } from '../../ui/words.ts';
import classes from './Changes.module.css';

type Change = PersonDetails['history'][number];

interface Props {
  changes: readonly Change[];
  labelOf: (externalId: string) => string;
}

/** Every value that changed, newest first, with who or what changed it. */
export function Changes({ changes, labelOf }: Props) {
  if (changes.length === 0) {
    return (
      <EmptyState icon={History} title="No changes yet">
        Every later change of a value is listed here, with its cause.
      </EmptyState>
    );
  }
  return (
    <ol className={classes.list}>
      {groupsOf(changes).map((group) => (
        <li key={`${group.at} ${group.cause.id}`} className={classes.group}>
          <div className={classes.cause}>
            <CauseLink change={group} />
            <TimeAgo at={group.at} />
          </div>
          {group.values.map((value) => (
            <div key={value.field} className={classes.value}>
              <span className={classes.field}>{labelOf(value.field)}</span>
              <span className={classes.words}>
                <Value value={value.before} />
                <ArrowRight size={13} aria-label="became" />
                <Value value={value.after} />
              </span>
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}

function Value({ value }: { value: unknown }) {
  const text = toValueText(value);
  return text === '' ? <em className={classes.none}>empty</em> : <span>{text}</span>;
}

function CauseLink({ change }: { change: Change }) {
  const { kind, id } = change.cause;
  if (kind === 'load') return <RouteLink to={`/loads/${id}`}>{change.causeLabel}</RouteLink>;
  if (kind === 'run') return <RouteLink to={`/runs/${id}`}>{change.causeLabel}</RouteLink>;
  return <strong>{change.causeLabel}</strong>;
}

type Group = Change & { values: Change[] };

/** Values that one cause changed at one instant belong together. */
function groupsOf(changes: readonly Change[]): Group[] {
  const groups: Group[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last && last.at === change.at && last.cause.id === change.cause.id) last.values.push(change);
    else groups.push({ ...change, values: [change] });
  }
  return groups;
}
