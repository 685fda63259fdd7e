import { useVendors } from './use-vendors.ts';
import { useWorkflows } from './use-workflows.ts';

/** Names of what a stop or a limit holds; the id where there is none any more. */
export function useGuardNames(): (kind: 'vendor' | 'workflow', id: string) => string {
  const vendors = useVendors().data ?? [];
  const workflows = useWorkflows().data ?? [];
  return (kind, id) =>
    (kind === 'vendor'
      ? vendors.find((vendor) => vendor.id === id)?.title
      : workflows.find((workflow) => workflow.id === id)?.name) ?? id;
}
