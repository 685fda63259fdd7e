import type { ReactNode } from 'react';
import type { Load } from '#contract';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { useNow } from '../../ui/use-now.ts';
import { countOf, toDurationText, toNumberText } from '../../ui/words.ts';
import { tallyParts } from '../integrations/tally-parts.ts';
import classes from './LoadProgress.module.css';
import { isUnderWay } from './use-live-load.ts';

/** How many records a load has read and what became of them, counting up while it goes on. */
export function LoadProgress({ load, actions }: { load: Load; actions?: ReactNode }) {
  const nowMs = useNow(1000);
  const isGoing = isUnderWay(load);
  const endMs = load.finishedAt ? Date.parse(load.finishedAt) : nowMs;
  const done = tallyParts(load.tally);
  return (
    <section className={classes.progress} aria-label="Load progress">
      <div className={classes.head}>
        <StatusBadge status={load.status} />
        <span role={isGoing ? 'status' : undefined}>
          <strong>{countOf(load.tally.read, 'record')} read</strong>
          <span className={classes.more}>
            {' '}
            from {countOf(load.pages, 'page')} in{' '}
            {toDurationText(Math.max(0, endMs - Date.parse(load.startedAt)))}
            {!isGoing && (
              <>
                , <TimeAgo at={load.startedAt} />
              </>
            )}
          </span>
        </span>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      <div className={classes.bar} data-going={isGoing || undefined} aria-hidden>
        {done
          .filter((part) => part.count > 0)
          .map((part) => (
            <span key={part.word} data-tone={part.tone} style={{ flexGrow: part.count }} />
          ))}
      </div>
      <dl className={classes.tally}>
        {done.map((part) => (
          <div key={part.word} data-tone={part.tone}>
            <dt>{part.word}</dt>
            <dd>{toNumberText(part.count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
