import { useRuns } from '../../api/use-runs.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RunsTable } from '../runs/RunsTable.tsx';

/** The last runs of every workflow. */
export function RecentRuns() {
  const runs = useRuns({ limit: 6 });
  return (
    <Panel
      title="Recent runs"
      action={
        <LinkButton to="/runs" variant="subtle" size="compact-sm">
          Show all
        </LinkButton>
      }
      flush
    >
      <Loaded query={runs} rows={4}>
        {() => <RunsTable runs={runs.items} />}
      </Loaded>
    </Panel>
  );
}
