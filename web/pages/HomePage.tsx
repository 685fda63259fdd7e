import type { Overview } from '#contract';
import { useOverview } from '../api/use-overview.ts';
import { useSession } from '../api/use-session.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { AppAccounts } from './home/AppAccounts.tsx';
import { AttentionPanel } from './home/AttentionPanel.tsx';
import { FirstSteps } from './home/FirstSteps.tsx';
import classes from './home/HomePage.module.css';
import { Numbers } from './home/Numbers.tsx';
import { RecentLoads } from './home/RecentLoads.tsx';
import { RecentRuns } from './home/RecentRuns.tsx';

/** What needs somebody, what happened, and on a new server what to do first. */
export function HomePage() {
  const name = useSession().data?.operator?.name.split(' ')[0];
  return (
    <Loaded query={useOverview()}>
      {(overview) => (
        <>
          <PageHeader title={name ? `Hello, ${name}` : 'Home'} summary={summaryOf(overview)} />
          <div className={classes.page}>
            <FirstSteps steps={overview.steps} />
            {overview.steps.hasLoad && <Numbers overview={overview} />}
            {overview.needsAttention > 0 && <AttentionPanel />}
            {overview.apps.length > 0 && <AppAccounts apps={overview.apps} />}
            {overview.steps.hasRun && <RecentRuns />}
            {overview.steps.hasLoad && <RecentLoads />}
          </div>
        </>
      )}
    </Loaded>
  );
}

function summaryOf({ needsAttention, steps }: Overview): string {
  if (!steps.hasLoad)
    return 'Rollcall reads the users of your apps, and does with their accounts what you draw.';
  if (needsAttention === 0) return 'Nothing needs you right now.';
  return needsAttention === 1 ? 'One run needs you.' : `${needsAttention} runs need you.`;
}
