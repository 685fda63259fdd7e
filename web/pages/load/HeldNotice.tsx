import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Load } from '#contract';
import { useSettleMissing } from '../../api/use-loads.ts';
import { useCan } from '../../api/use-session.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { countOf } from '../../ui/words.ts';

/** Why a load is held, and the two ways on. */
export function HeldNotice({ load }: { load: Load }) {
  const [isConfirming, setConfirming] = useState(false);
  const settle = useSettleMissing(load.id);
  const canDecide = useCan('loads.start');
  const accounts = countOf(load.missing?.missing ?? 0, 'account');
  const leave = () =>
    settle.mutate(
      { action: 'leave' },
      {
        onSuccess: () => sayDone(`${accounts} stay as they are.`),
        onError: (error) => sayFailed('Nothing was decided', error),
      },
    );
  return (
    <Notice
      tone="warning"
      title="This load waits for your decision"
      action={
        canDecide && (
          <>
            <Button variant="default" size="xs" disabled={settle.isPending} onClick={leave}>
              Leave them as they are
            </Button>
            <Button color="red" size="xs" onClick={() => setConfirming(true)}>
              Deactivate {accounts}
            </Button>
          </>
        )
      }
    >
      {load.error}
      {isConfirming && (
        <ConfirmDialog
          title={`Deactivate ${accounts}`}
          action={`Deactivate ${accounts}`}
          isDestructive
          isPending={settle.isPending}
          error={settle.error}
          onClose={() => setConfirming(false)}
          onConfirm={() =>
            settle.mutate(
              { action: 'deactivate' },
              {
                onSuccess: () => {
                  setConfirming(false);
                  sayDone(`${accounts} are marked as deactivated.`);
                },
              },
            )
          }
        >
          They are marked as deactivated in Rollcall, and workflows may act on that. Nothing is removed, and
          nothing is sent to the vendor. An account that a later load lists again becomes active again.
        </ConfirmDialog>
      )}
    </Notice>
  );
}
