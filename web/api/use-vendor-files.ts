import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { vendorFilesList } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

/** The files of operators' own vendors, as they were read last. */
export function useVendorFiles() {
  return useQuery({
    queryKey: ['vendors', 'files'],
    queryFn: ({ signal }) => api.get('/vendor-files', { schema: vendorFilesList, signal }),
    select: (list) => list.items,
  });
}

/** Reads the folder again: whatever shows vendors shows the new ones. */
export function useReadVendorFiles() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/vendor-files/readings', { schema: vendorFilesList }),
    onSuccess: () => renew(client, 'vendors', 'workflows'),
  });
}
