import { Button } from '@mantine/core';
import { OctagonX, ShieldAlert, Snowflake } from 'lucide-react';
import { useState } from 'react';
import { useGuardNames } from '../api/use-guard-names.ts';
import { useSafety } from '../api/use-safety.ts';
import { useCan } from '../api/use-session.ts';
import { type Holding, holdingsNow } from '../ui/guard-words.ts';
import { RouteLink } from '../ui/RouteLink.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { useNow } from '../ui/use-now.ts';
import { toExactText } from '../ui/words.ts';
import classes from './HeldBand.module.css';
import { ReleaseDialog } from './ReleaseDialog.tsx';

const icons = { stop: OctagonX, safe_mode: ShieldAlert, freeze: Snowflake };

/** What holds destructive calls now; empty where nothing does. */
export function useHoldings(): Holding[] {
  const safety = useSafety().data;
  const nameOf = useGuardNames();
  const nowMs = useNow();
  return safety ? holdingsNow(safety, nameOf, nowMs) : [];
}

/** Says on every page that destructive calls wait: since when, by whom and why, and how that ends. */
export function HeldBand({ holdings }: { holdings: readonly Holding[] }) {
  const [released, setReleased] = useState<Holding | null>(null);
  const mayRelease = useCan('guard.write');
  const [first, ...others] = holdings;
  if (!first) return null;
  const Icon = icons[first.kind];
  return (
    <section className={classes.band} aria-label="Destructive calls are held">
      <Icon size={17} aria-hidden className={classes.icon} />
      <p className={classes.words} role="status">
        <strong>{first.title}.</strong> <Since held={first} />
      </p>
      {others.length > 0 && (
        <span className={classes.more}>
          <RouteLink to="/safety">{others.length} more</RouteLink>
        </span>
      )}
      {mayRelease && first.kind !== 'freeze' ? (
        <Button size="compact-sm" variant="white" color="red" onClick={() => setReleased(first)}>
          Release
        </Button>
      ) : (
        <span className={classes.more}>
          <RouteLink to="/safety">Safety</RouteLink>
        </span>
      )}
      {released && <ReleaseDialog held={released} onClose={() => setReleased(null)} />}
    </section>
  );
}

function Since({ held }: { held: Holding }) {
  if (held.until !== null) return <>Until {toExactText(held.until)}.</>;
  const who = held.kind === 'safe_mode' ? null : (held.by ?? 'Rollcall');
  const why = held.reason === '' ? '' : ` ${who === null ? '' : '“'}${held.reason}${who === null ? '' : '”'}`;
  return (
    <>
      {who === null ? 'Since ' : `${who}, `}
      <TimeAgo at={held.at} />.{why}
    </>
  );
}
