import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRelease } from '../api/use-safety.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { Holding } from '../ui/guard-words.ts';
import { sayDone } from '../ui/toast.ts';

/** Ends a stop or safe mode; the reason is kept. */
export function ReleaseDialog({ held, onClose }: { held: Holding; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const release = useRelease();
  const noun = held.kind === 'safe_mode' ? 'safe mode' : 'stop';
  return (
    <ConfirmDialog
      title={`Release the ${noun}`}
      action={`Release ${noun}`}
      isPending={release.isPending}
      error={release.error}
      onConfirm={() =>
        release.mutate(
          { place: held.place, reason, seen: held.seen },
          {
            onSuccess: () => {
              sayDone('Released. What waited for it goes on.');
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Stack gap="md">
        <Text size="sm">
          {held.title}. When it is released,{' '}
          {held.isClosed
            ? 'runs, loads, schedules and e-mails go on at once, as this server knows them'
            : 'destructive calls that wait go on at once, within the limits'}
          .{held.reason !== '' && ` It was held because: ${held.reason}`}
        </Text>
        <TextInput
          label="Why it is safe now"
          description="Optional. Kept in the audit log."
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
