import { Button, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import type { StopScope } from '#contract';
import { usePressStop } from '../api/use-safety.ts';
import { useVendors } from '../api/use-vendors.ts';
import { useWorkflows } from '../api/use-workflows.ts';
import { DialogFoot } from '../ui/DialogFoot.tsx';
import { sayDone } from '../ui/toast.ts';

type Kind = StopScope['kind'];

/** Asks what to stop; Enter stops. */
export function StopDialog({ onClose }: { onClose: () => void }) {
  const vendors = useVendors().data ?? [];
  const workflows = useWorkflows().data ?? [];
  const here = workflowOf(useLocation().pathname);
  const [kind, setKind] = useState<Kind>('all');
  const [vendorId, setVendorId] = useState<string | null>(null);
  const [workflowId, setWorkflowId] = useState<string | null>(here);
  const [reason, setReason] = useState('');
  const stop = usePressStop();
  const scope = scopeOf(kind, vendorId, workflowId);

  const press = (): void => {
    if (!scope) return;
    stop.mutate(
      { scope, reason },
      {
        onSuccess: () => {
          sayDone('Stopped. No new destructive call leaves until somebody releases the stop.');
          onClose();
        },
      },
    );
  };

  return (
    <Modal opened onClose={onClose} title="Stop destructive calls">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          press();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            Deletions, disabling, and whatever else takes something from people no longer leave this server.
            Reads go on, and what waits is kept until the stop is released.
          </Text>
          <Radio.Group label="What to stop" value={kind} onChange={(value) => setKind(value as Kind)}>
            <Stack gap={8} mt={4}>
              <Radio value="all" label="Everything destructive" />
              <Radio value="vendor" label="Everything at one vendor" />
              <Radio value="workflow" label="One workflow" />
            </Stack>
          </Radio.Group>
          {kind === 'vendor' && (
            <Select
              label="Vendor"
              placeholder="Choose the vendor"
              searchable
              data={vendors.map(({ id, title }) => ({ value: id, label: title }))}
              value={vendorId}
              onChange={setVendorId}
            />
          )}
          {kind === 'workflow' && (
            <Select
              label="Workflow"
              placeholder="Choose the workflow"
              searchable
              data={workflows.map(({ id, name }) => ({ value: id, label: name }))}
              value={workflowId}
              onChange={setWorkflowId}
            />
          )}
          <TextInput
            label="Why"
            description="Optional. Everybody sees it while the stop holds."
            maxLength={500}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DialogFoot error={stop.error} onClose={onClose}>
            <Button type="submit" color="red" loading={stop.isPending} disabled={!scope}>
              {actions[kind]}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}

const actions: Record<Kind, string> = {
  all: 'Stop everything destructive',
  vendor: 'Stop this vendor',
  workflow: 'Stop this workflow',
};

function scopeOf(kind: Kind, vendorId: string | null, workflowId: string | null): StopScope | null {
  if (kind === 'all') return { kind };
  const id = kind === 'vendor' ? vendorId : workflowId;
  return id === null ? null : { kind, id };
}

/** The workflow whose page is open, as the first choice. */
function workflowOf(pathname: string): string | null {
  const [, place, id] = pathname.split('/');
  return place === 'workflows' && id ? id : null;
}
