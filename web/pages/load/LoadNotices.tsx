import type { Load } from '#contract';
import { Notice } from '../../ui/Notice.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { countOf, toNumberText } from '../../ui/words.ts';
import { isUnderWay } from '../integration/use-live-load.ts';
import { HeldNotice } from './HeldNotice.tsx';

/** What is to be known of a load besides its counts: why it stopped, whom its list did not name, what began it again. */
export function LoadNotices({ load, appId }: { load: Load; appId: string | null }) {
  if (load.status === 'held') return <HeldNotice load={load} />;
  return (
    <>
      {load.error && (
        <Notice tone="danger" title="The load stopped">
          {load.error}
        </Notice>
      )}
      {load.restarts > 0 && (
        <Notice tone="neutral" title="It was begun again from its first page">
          The server stopped {load.restarts === 1 ? 'once' : `${load.restarts} times`} while it went on. The
          counts are those of the last reading.
        </Notice>
      )}
      {!isUnderWay(load) && !load.isComplete && !load.error && (
        <Notice tone="warning" title="This load is not complete">
          Not every page was read, so an account that is absent here may still exist in the app.
        </Notice>
      )}
      <Missing load={load} appId={appId} />
    </>
  );
}

function Missing({ load: { missing }, appId }: { load: Load; appId: string | null }) {
  if (!missing || missing.missing === 0) return null;
  const { known, decidedBy } = missing;
  const by = decidedBy === null ? '' : ` ${decidedBy} decided that.`;
  const isMarked = missing.outcome === 'deactivated';
  return (
    <Notice
      tone="neutral"
      title={`${toNumberText(missing.missing)} of ${countOf(known, 'account')} ${missing.missing === 1 ? 'was' : 'were'} not in the list`}
      action={
        isMarked &&
        appId && <RouteLink to={`/apps/${appId}?status=deactivated`}>Show deactivated accounts</RouteLink>
      }
    >
      {isMarked
        ? `This load marked them as deactivated.${by}`
        : `They stay as they are.${by || ' The integration says so in its details.'}`}
    </Notice>
  );
}
