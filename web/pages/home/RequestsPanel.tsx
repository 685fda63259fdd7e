import type { ApprovalView } from '#contract';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RequestsTable } from '../approvals/RequestsTable.tsx';

const shown = 5;

/** What others have asked for and whoever is signed in may agree to. */
export function RequestsPanel({ requests }: { requests: readonly ApprovalView[] }) {
  return (
    <Panel
      title="Waiting for your yes"
      note={requests.length}
      action={
        <LinkButton to="/approvals" variant="subtle" size="compact-sm">
          Show all
        </LinkButton>
      }
      flush
    >
      <RequestsTable label="Waiting for your yes" requests={requests.slice(0, shown)} />
    </Panel>
  );
}
