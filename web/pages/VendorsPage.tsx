import { Button, Stack, Text } from '@mantine/core';
import { FileJson, RefreshCw } from 'lucide-react';
import type { VendorFileView } from '#contract';
import { useCan } from '../api/use-session.ts';
import { useReadVendorFiles, useVendorFiles } from '../api/use-vendor-files.ts';
import { useVendors } from '../api/use-vendors.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Mono } from '../ui/Mono.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { sayDone, sayFailed } from '../ui/toast.ts';
import { VendorFile } from './vendors/VendorFile.tsx';
import { vendorColumns } from './vendors/vendor-columns.tsx';

function toWords(files: readonly VendorFileView[]): string {
  const refused = files.filter(({ state }) => state === 'refused').length;
  const count = files.length === 1 ? 'One file' : `${files.length} files`;
  return refused === 0 ? `${count} read.` : `${count} read, ${refused} of them refused.`;
}

/** The vendors that this server knows, and the files of operators' own. */
export function VendorsPage() {
  const vendors = useVendors();
  const files = useVendorFiles();
  const reading = useReadVendorFiles();
  const canRead = useCan('operators.write');
  const own = new Set(
    (files.data ?? []).filter(({ state }) => state === 'used').map(({ vendorId }) => vendorId),
  );
  return (
    <>
      <PageHeader
        title="Vendors"
        summary="The products that this server can load users from and change them at: ours, and your own from files."
        actions={
          canRead && (
            <Button
              leftSection={<RefreshCw size={16} aria-hidden />}
              loading={reading.isPending}
              onClick={() =>
                reading.mutate(undefined, {
                  onSuccess: ({ items }) => sayDone(toWords(items)),
                  onError: (error) => sayFailed('The folder could not be read', error),
                })
              }
            >
              Read the folder again
            </Button>
          )
        }
      />
      <Stack gap="md">
        <Panel title="Files of your own" flush>
          <Loaded query={files} rows={2}>
            {(list) =>
              list.length > 0 ? (
                list.map((file) => <VendorFile key={file.file} file={file} />)
              ) : (
                <EmptyState icon={FileJson} title="No files yet">
                  Put a JSON file into the folder <Mono>vendors</Mono> of the data folder, check it with{' '}
                  <Mono>rollcall check</Mono>, and read the folder again.
                </EmptyState>
              )
            }
          </Loaded>
        </Panel>
        <Panel title="All vendors" flush>
          <Loaded query={vendors} rows={6}>
            {(list) => (
              <DataTable
                label="All vendors"
                columns={vendorColumns(own)}
                rows={list}
                rowKey={(vendor) => vendor.id}
              />
            )}
          </Loaded>
        </Panel>
      </Stack>
      <Text size="sm" c="dimmed" mt="sm">
        Active workflows go on with the definition that they were launched with, whatever becomes of a file.
      </Text>
    </>
  );
}
