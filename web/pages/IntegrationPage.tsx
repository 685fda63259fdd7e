import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { z } from 'zod';
import type { IntegrationDetails } from '#contract';
import { useIntegration } from '../api/use-integrations.ts';
import { useCan } from '../api/use-session.ts';
import { useVendor } from '../api/use-vendors.ts';
import { VendorMark } from '../editor/VendorMark.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import stack from '../ui/Stack.module.css';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { AgentCredentialSection } from './integration/AgentCredentialSection.tsx';
import { CredentialSection } from './integration/CredentialSection.tsx';
import { DetailsSection } from './integration/DetailsSection.tsx';
import { IntegrationActions } from './integration/IntegrationActions.tsx';
import { LatestLoad } from './integration/LatestLoad.tsx';
import { LoadHistory } from './integration/LoadHistory.tsx';
import { MappingSection } from './integration/MappingSection.tsx';
import { MissingParts } from './integration/MissingParts.tsx';
import { ScheduleSection } from './integration/ScheduleSection.tsx';
import type { SectionName } from './integration/section-props.ts';
import { toIntegrationState } from './integrations/integration-state.ts';

/** The section that is edited is in the address, so that a link leads into it. */
const searchSchema = z.object({
  edit: z.enum(['details', 'credential', 'schedule', 'mapping']).optional().catch(undefined),
});

/** One integration: its details, credential, schedule and mapping, and its loads. */
export function IntegrationPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={useIntegration(id)}>{(details) => <Details key={id} {...details} />}</Loaded>;
}

function Details({ integration, missing }: IntegrationDetails) {
  const vendor = useVendor(integration.vendorId);
  const [{ edit: wanted }, change] = useFilter(searchSchema);
  // Somebody else's link may ask for more than one may do.
  const edited = useCan('integrations.write') ? wanted : undefined;
  const sections = useRef<HTMLDivElement>(null);
  const edit = (section: SectionName | null): void => {
    change({ edit: section ?? undefined });
    const place = section && sections.current?.querySelector(`[data-section="${section}"]`);
    if (place) place.scrollIntoView({ block: 'nearest' });
  };
  if (!vendor) return null;
  const common = (section: SectionName) => ({
    integration,
    vendor,
    missing: missing.filter((part) => part.section === section),
    isEditing: edited === section,
    onEdit: () => edit(section),
    onDone: () => edit(null),
  });
  return (
    <>
      <PageHeader
        mark={<VendorMark title={vendor.title} size={40} />}
        title={integration.name}
        summary={`User load from ${vendor.title}`}
        badge={<StatusBadge {...toIntegrationState(integration)} />}
        actions={<IntegrationActions integration={integration} missing={missing} />}
      />
      <div className={stack.stack} ref={sections}>
        {integration.status === 'draft' && (
          <MissingParts integration={integration} missing={missing} onOpen={edit} />
        )}
        <LatestLoad integration={integration} />
        <DetailsSection {...common('details')} />
        {integration.installation === 'local' ? (
          <AgentCredentialSection {...common('credential')} />
        ) : (
          <CredentialSection {...common('credential')} />
        )}
        <ScheduleSection {...common('schedule')} />
        <MappingSection {...common('mapping')} />
        <LoadHistory integration={integration} />
      </div>
    </>
  );
}
