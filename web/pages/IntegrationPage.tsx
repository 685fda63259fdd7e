import { useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { IntegrationDetails, MissingPart } from '#contract';
import { useIntegration } from '../api/use-integrations.ts';
import { useVendor } from '../api/use-vendors.ts';
import { VendorMark } from '../editor/VendorMark.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import stack from '../ui/Stack.module.css';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { CredentialSection } from './integration/CredentialSection.tsx';
import { DetailsSection } from './integration/DetailsSection.tsx';
import { IntegrationActions } from './integration/IntegrationActions.tsx';
import { LatestLoad } from './integration/LatestLoad.tsx';
import { LoadHistory } from './integration/LoadHistory.tsx';
import { MappingSection } from './integration/MappingSection.tsx';
import { MissingParts } from './integration/MissingParts.tsx';

type SectionName = MissingPart['section'];

/** One integration: its details, credential and mapping, and its loads. */
export function IntegrationPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={useIntegration(id)}>{(details) => <Details key={id} {...details} />}</Loaded>;
}

function Details({ integration, missing }: IntegrationDetails) {
  const vendor = useVendor(integration.vendorId);
  const [edited, setEdited] = useState<SectionName | null>(null);
  const sections = useRef<HTMLDivElement>(null);
  const edit = (section: SectionName | null): void => {
    setEdited(section);
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
        badge={<StatusBadge status={integration.status} />}
        actions={<IntegrationActions integration={integration} missing={missing} />}
      />
      <div className={stack.stack} ref={sections}>
        {integration.status === 'draft' && (
          <MissingParts integration={integration} missing={missing} onOpen={edit} />
        )}
        <LatestLoad integration={integration} />
        <DetailsSection {...common('details')} />
        <CredentialSection {...common('credential')} />
        <MappingSection {...common('mapping')} />
        <LoadHistory integration={integration} />
      </div>
    </>
  );
}
