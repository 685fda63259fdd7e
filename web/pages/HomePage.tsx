import type { Overview } from '#contract';
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
import { TroublesPanel } from './home/TroublesPanel.tsx';
import { useTroubles } from './home/use-troubles.ts';

/** What needs somebody, what happened, and on a new server what to do first. */
export function HomePage() {
  const name = useSession().data?.operator?.name.split(' ')[0];
  const troubles = useTroubles();
  return (
    <Loaded query={useOverview()}>
      {(overview) => (
        <>
          <PageHeader
            title={name ? `Hello, ${name}` : 'Home'}
            summary={summaryOf(overview, troubles.length)}
          />
          <div className={classes.page}>
            <FirstSteps steps={overview.steps} />
            {overview.steps.hasLoad && <Numbers overview={overview} />}
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

function summaryOf({ needsAttention, steps }: Overview, troubles: number): string {
  if (!steps.hasLoad && troubles === 0)
    return 'Rollcall reads the users of your apps, and does with their accounts what you draw.';
  const parts = [
    needsAttention > 0 && countOf(needsAttention, 'run'),
    troubles > 0 && countOf(troubles, 'load or credential', 'loads and credentials'),
  ].filter((part) => part !== false);
  if (parts.length === 0) return 'Nothing needs you right now.';
  return `${parts.join(' and ')} ${needsAttention + troubles === 1 ? 'needs' : 'need'} you.`;
}
