import { useParams } from '@tanstack/react-router';
import type { Load } from '#contract';
import { useIntegration } from '../api/use-integrations.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import stack from '../ui/Stack.module.css';
import { toExactText } from '../ui/words.ts';
import { LoadIssues } from './integration/LoadIssues.tsx';
import { LoadProgress } from './integration/LoadProgress.tsx';
import { isUnderWay, useLiveLoad } from './integration/use-live-load.ts';

/** One load: what it read, what became of it, and every record it left out. */
export function LoadPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={useLiveLoad(id)}>{(load) => <Details load={load} />}</Loaded>;
}

function Details({ load }: { load: Load }) {
  const integration = useIntegration(load.integrationId).data?.integration;
  const appId = integration?.appId;
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
        {load.error && (
          <Notice tone="danger" title="The load stopped">
            {load.error}
          </Notice>
        )}
        {!isUnderWay(load) && !load.isComplete && !load.error && (
          <Notice tone="warning" title="This load is not complete">
            A page or a record failed, so an account that is absent here may still exist in the app.
          </Notice>
        )}
        <LoadProgress load={load} />
        <LoadIssues load={load} />
      </div>
    </>
  );
}
