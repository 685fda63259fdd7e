import { useMemo } from 'react';
import { useApps } from '../api/use-apps.ts';
import { useCredentials } from '../api/use-credentials.ts';
import { useFields } from '../api/use-fields.ts';
import { useIntegrations } from '../api/use-integrations.ts';
import { useVendors } from '../api/use-vendors.ts';
import { useBlockTypes, useWorkflows } from '../api/use-workflows.ts';
import type { Catalogue } from './catalogue.ts';

type Read = { catalogue: Catalogue | null; error: Error | null; retry: () => void };

/** Everything that blocks refer to. Block types and vendors are awaited; the rest fills in when it arrives. */
export function useReadCatalogue(): Read {
  const blockTypes = useBlockTypes();
  const vendors = useVendors();
  const credentials = useCredentials().data;
  const integrations = useIntegrations().data;
  const fields = useFields().data;
  const apps = useApps().data;
  const workflows = useWorkflows().data;

  const catalogue = useMemo((): Catalogue | null => {
    if (!blockTypes.data || !vendors.data) return null;
    return {
      blockTypes: new Map(blockTypes.data.map((type) => [type.type, type])),
      vendors: new Map(vendors.data.map((vendor) => [vendor.id, vendor])),
      credentials: credentials ?? [],
      integrations: integrations ?? [],
      fields: fields ?? [],
      apps: apps ?? [],
      workflows: (workflows ?? []).map(({ id, name, activeVersion }) => ({
        ...{ id, name, isActive: activeVersion !== null },
      })),
    };
  }, [blockTypes.data, vendors.data, credentials, integrations, fields, apps, workflows]);

  const retry = (): void => {
    void blockTypes.refetch();
    void vendors.refetch();
  };
  return { catalogue, error: blockTypes.error ?? vendors.error, retry };
}
