import type { Overview } from '#contract';
import { useMyRequests } from '../api/use-approvals.ts';
import { useOverview } from '../api/use-overview.ts';
import { useSession } from '../api/use-session.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { countOf } from '../ui/words.ts';
import { AppAccounts } from './home/AppAccounts.tsx';
import { AttentionPanel } from './home/AttentionPanel.tsx';
import { FirstSteps } from './home/FirstSteps.tsx';
import classes from './home/HomePage.module.css';
import { Numbers } from './home/Numbers.tsx';
import { RecentLoads } from './home/RecentLoads.tsx';
import { RecentRuns } from './home/RecentRuns.tsx';
import { RequestsPanel } from './home/RequestsPanel.tsx';
import { TroublesPanel } from './home/TroublesPanel.tsx';
import { useTroubles } from './home/use-troubles.ts';

/** What needs somebody, what happened, and on a new server what to do first. */
export function HomePage() {
  const name = useSession().data?.operator?.name.split(' ')[0];
  const troubles = useTroubles();
  const requests = useMyRequests();
  return (
    <Loaded query={useOverview()}>
      {(overview) => (
        <>
          <PageHeader
            title={name ? `Hello, ${name}` : 'Home'}
            summary={summaryOf(overview, requests.length, troubles.length)}
          />
          <div className={classes.page}>
            <FirstSteps steps={overview.steps} />
            {overview.steps.hasLoad && <Numbers overview={overview} />}
            {requests.length > 0 && <RequestsPanel requests={requests} />}
            {overview.needsAttention > 0 && <AttentionPanel />}
            {troubles.length > 0 && <TroublesPanel troubles={troubles} />}
            {overview.apps.length > 0 && <AppAccounts apps={overview.apps} />}
            {overview.steps.hasRun && <RecentRuns />}
            {overview.steps.hasLoad && <RecentLoads />}
          </div>
        </>
      )}
    </Loaded>
  );
}

function summaryOf({ needsAttention, steps }: Overview, requests: number, troubles: number): string {
  if (!steps.hasLoad && troubles + requests === 0)
    return 'Rollcall reads the users of your apps, and does with their accounts what you draw.';
  const parts = [
    requests > 0 && countOf(requests, 'request'),
    needsAttention > 0 && countOf(needsAttention, 'run'),
    troubles > 0 && countOf(troubles, 'load or credential', 'loads and credentials'),
  ].filter((part) => part !== false);
  if (parts.length === 0) return 'Nothing needs you right now.';
  return `${listOf(parts)} ${needsAttention + requests + troubles === 1 ? 'needs' : 'need'} you.`;
}

/** Such as *1 request, 2 runs and 1 load or credential*. */
const listOf = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
