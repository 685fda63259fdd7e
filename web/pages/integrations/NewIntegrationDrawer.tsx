import { Drawer } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Vendor } from '#contract';
import { useCreateIntegration } from '../../api/use-integrations.ts';
import { useVendors } from '../../api/use-vendors.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { sayFailed } from '../../ui/toast.ts';
import { VendorChoice } from './VendorChoice.tsx';

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Finds an app and adds a draft integration for it. */
export function NewIntegrationDrawer({ isOpen, onClose }: Props) {
  const vendors = useVendors();
  const creation = useCreateIntegration();
  const navigate = useNavigate();
  const add = (vendor: Vendor): void =>
    creation.mutate(
      { vendorId: vendor.id, name: `${vendor.title} users` },
      {
        onSuccess: ({ integration }) => void navigate({ to: `/integrations/${integration.id}` }),
        onError: (error) => sayFailed('The integration was not added', error),
      },
    );
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      title="New integration"
      size={440}
      padding={0}
      styles={{ header: { padding: '12px 16px' } }}
    >
      <Loaded query={vendors}>
        {(all) => (
          <VendorChoice
            vendors={all}
            action="Add"
            pendingId={creation.isPending ? creation.variables.vendorId : undefined}
            onChoose={add}
          />
        )}
      </Loaded>
    </Drawer>
  );
}
