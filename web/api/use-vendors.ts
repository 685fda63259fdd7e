import { useQuery } from '@tanstack/react-query';
import { sandboxInfo, vendorsList, webhookVendor } from '#contract';
import { api } from './client.ts';
import { useSession } from './use-session.ts';

/** Every vendor this server knows, with its load fields and presets. */
export function useVendors() {
  return useQuery({
    queryKey: ['vendors'],
    queryFn: ({ signal }) => api.get('/vendors', { schema: vendorsList, signal }),
    select: (list) => list.items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useVendor(id: string | undefined) {
  const vendors = useVendors().data;
  return id === webhookVendor.id ? webhookVendor : vendors?.find((vendor) => vendor.id === id);
}

/** What a credential for an imitated vendor needs; asked for only where there is a sandbox. */
export function useSandbox() {
  const hasSandbox = useSession().data?.hasSandbox ?? false;
  return useQuery({
    queryKey: ['sandbox'],
    queryFn: ({ signal }) => api.get('/sandbox', { schema: sandboxInfo, signal }),
    select: (info) => info.vendors,
    enabled: hasSandbox,
  });
}
