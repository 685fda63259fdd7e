import { Tabs } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useApp } from '../api/use-apps.ts';
import { useVendor } from '../api/use-vendors.ts';
import { VendorMark } from '../editor/VendorMark.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { countOf, toNumberText } from '../ui/words.ts';
import { AppUsers } from './apps/AppUsers.tsx';

/** One app and its users. */
export function AppPage() {
  const { id = '' } = useParams({ strict: false });
  const app = useApp(id);
  const vendor = useVendor(app.data?.vendorId);
  return (
    <Loaded query={app}>
      {({ name, vendorId, userCount, deactivatedCount }) => (
        <>
          <PageHeader
            mark={<VendorMark title={vendor?.title ?? vendorId} size={40} />}
            title={name}
            summary={`${countOf(userCount, 'account')}, ${toNumberText(deactivatedCount)} of them deactivated`}
          />
          <Tabs defaultValue="users" mb="md">
            <Tabs.List>
              <Tabs.Tab value="users">Users</Tabs.Tab>
            </Tabs.List>
          </Tabs>
          <AppUsers appId={id} />
        </>
      )}
    </Loaded>
  );
}
