import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PersonRole } from '#contract';
import { sentenceOf } from '../../api/problem.ts';
import { useSaveRole } from '../../api/use-roles.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { sayDone } from '../../ui/toast.ts';
import { useLeaveGuard } from '../../ui/use-leave-guard.tsx';
import { countOf } from '../../ui/words.ts';

/** Adds a role, or gives this one another name. */
export function RoleDialog({ role, onClose }: { role: PersonRole | null; onClose: () => void }) {
  const [name, setName] = useState(role?.name ?? '');
  const save = useSaveRole();
  const isReady = name.trim() !== '' && name.trim() !== role?.name;
  const guard = useLeaveGuard({
    isDirty: isReady,
    what: role ? `the name of ${role.name}` : 'the new role',
  });
  const done = (): void => {
    guard.release();
    sayDone(
      role ? `${role.name} is called ${name.trim()} now.` : `${name.trim()} can be given to people now.`,
    );
    onClose();
  };
  return (
    <Modal
      opened
      onClose={() => guard.leave(onClose)}
      title={role ? `Rename ${role.name}` : 'Add role'}
      size="sm"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) save.mutate({ old: role?.name ?? null, name: name.trim() }, { onSuccess: done });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            data-autofocus
            required
            maxLength={120}
            value={name}
            error={save.error && sentenceOf(save.error)}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {role && (
            <Text size="sm" c="dimmed">
              {countOf(role.people, 'person', 'people')} and every mapping that gives this role get the new
              name. Workflows that name it in a rule have to be changed by hand.
            </Text>
          )}
          <DialogFoot onClose={onClose}>
            <Button type="submit" loading={save.isPending} disabled={!isReady}>
              {role ? 'Rename role' : 'Add role'}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
      {guard.dialog}
    </Modal>
  );
}
