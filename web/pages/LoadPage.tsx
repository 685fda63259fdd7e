import { useParams } from '@tanstack/react-router';
import type { Load } from '#contract';
import { useIntegration } from '../api/use-integrations.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import stack from '../ui/Stack.module.css';
import { toExactText } from '../ui/words.ts';
import { LoadProgress } from './integration/LoadProgress.tsx';
import { useLiveLoad } from './integration/use-live-load.ts';
import { CancelLoad } from './load/CancelLoad.tsx';
import { LoadIssues } from './load/LoadIssues.tsx';
import { LoadNotices } from './load/LoadNotices.tsx';
import { MissingAccounts } from './load/MissingAccounts.tsx';

/** One load: what it read, what became of it, whom it did not list, and every record it left out. */
export function LoadPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={useLiveLoad(id)}>{(load) => <Details load={load} />}</Loaded>;
}

function Details({ load }: { load: Load }) {
  const integration = useIntegration(load.integrationId).data?.integration;
  const appId = integration?.appId ?? null;
  return (
    <>
      <PageHeader
        title={`Load of ${integration?.name ?? 'users'}`}
        summary={`Started by ${load.startedBy} on ${toExactText(load.startedAt)}`}
        actions={
          <>
            {appId && load.tally.read > 0 && (
              <LinkButton to={`/apps/${appId}`} variant="default">
                Show SaaS users
              </LinkButton>
            )}
            <LinkButton to="/people" variant="default">
              Show people
            </LinkButton>
          </>
        }
      />
      <div className={stack.stack}>
        <LoadNotices load={load} appId={appId} />
        <LoadProgress load={load} actions={<CancelLoad load={load} />} />
        {load.status === 'held' && appId && <MissingAccounts loadId={load.id} appId={appId} />}
        <LoadIssues load={load} />
      </div>
    </>
  );
}
