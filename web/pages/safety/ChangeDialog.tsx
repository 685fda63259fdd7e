import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type GuardSettings, loosens, type SafetyState } from '#contract';
import { useSafetyChange } from '../../api/use-safety.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayDone } from '../../ui/toast.ts';
import { agreeWords } from './agree-words.ts';

interface Props {
  title: string;
  safety: SafetyState;
  /** The settings as they would be; null while what is entered cannot be saved. */
  to: GuardSettings | null;
  /** Such as *Save limits*. */
  action: string;
  children?: ReactNode;
  onClose: () => void;
}

/** Saves settings of the guard; says before what of it somebody else has to agree to. */
export function ChangeDialog({ title, safety, to, action, children, onClose }: Props) {
  const [reason, setReason] = useState('');
  const change = useSafetyChange();
  const navigate = useNavigate();
  const loosened = to ? loosens(safety.settings, to, Date.now()) : [];
  const isAsked = loosened.length > 0;
  const isSame = to !== null && JSON.stringify(to) === JSON.stringify(safety.settings);

  const save = (): void => {
    if (!to) return;
    change.mutate(
      { settings: to, base: safety.base, reason },
      {
        onSuccess: (approval) => {
          onClose();
          if (approval) void navigate({ to: `/approvals/${approval.id}` });
          else sayDone('Saved. It holds from now on.');
        },
      },
    );
  };

  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="md">
          {children}
          {isAsked && (
            <Notice tone="warning" title={agreeWords(safety.secondPersons)}>
              <ul style={{ margin: '4px 0 0', paddingLeft: 18 }}>
                {loosened.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </Notice>
          )}
          {isAsked && (
            <TextInput
              label="Why"
              description="Whoever agrees reads it."
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <DialogFoot error={change.error} onClose={onClose}>
            <Button type="submit" loading={change.isPending} disabled={!to || isSame}>
              {isAsked ? 'Ask for it' : action}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
