import { useRuns } from '../../api/use-runs.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RunsTable } from '../runs/RunsTable.tsx';

/** Runs in which an outcome is unclear until somebody says what happened. */
export function AttentionPanel() {
  const runs = useRuns({ status: 'needs_attention', limit: 5 });
  return (
    <Panel
      title="Runs needing attention"
      note="a call was sent and its outcome is unknown"
      action={
        <LinkButton to="/runs?status=needs_attention" variant="subtle" size="compact-sm">
          Show all
        </LinkButton>
      }
      flush
    >
      <Loaded query={runs} rows={2}>
        {() => <RunsTable runs={runs.items} />}
      </Loaded>
    </Panel>
  );
}
