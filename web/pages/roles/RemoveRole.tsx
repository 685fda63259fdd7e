import { Select } from '@mantine/core';
import { useState } from 'react';
import type { PersonRole } from '#contract';
import { useRemoveRole } from '../../api/use-roles.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../ui/toast.ts';
import { countOf } from '../../ui/words.ts';

interface Props {
  role: PersonRole;
  roles: readonly PersonRole[];
  onClose: () => void;
}

/** Removes a role; whoever has it gets another one. */
export function RemoveRole({ role, roles, onClose }: Props) {
  const others = roles.map(({ name }) => name).filter((name) => name !== role.name);
  const builtIn = roles.find((each) => each.isBuiltIn)?.name ?? null;
  const isUsed = role.people > 0 || role.integrations.length > 0;
  const [replacement, setReplacement] = useState(builtIn);
  const removal = useRemoveRole();
  return (
    <ConfirmDialog
      title={`Remove ${role.name}?`}
      action={
        role.people > 0 ? `Remove role and change ${countOf(role.people, 'person', 'people')}` : 'Remove role'
      }
      isDestructive
      isPending={removal.isPending}
      error={removal.error}
      onClose={onClose}
      onConfirm={() =>
        removal.mutate(
          { name: role.name, replacement: isUsed ? replacement : null },
          {
            onSuccess: () => {
              sayDone(`${role.name} is removed.`);
              onClose();
            },
          },
        )
      }
    >
      {isUsed ? (
        <>
          {usersOf(role)} will have this role instead:
          <Select
            mt="sm"
            label="Replacement"
            allowDeselect={false}
            searchable
            data={others}
            value={replacement}
            onChange={setReplacement}
          />
        </>
      ) : (
        'Nobody has it.'
      )}
    </ConfirmDialog>
  );
}

/** `34 people and the mapping of Webex`. */
function usersOf({ people, integrations }: PersonRole): string {
  const parts = [
    ...(people > 0 ? [countOf(people, 'person', 'people')] : []),
    ...(integrations.length > 0 ? [`the mapping of ${integrations.map(({ name }) => name).join(', ')}`] : []),
  ];
  return parts.join(' and ');
}
