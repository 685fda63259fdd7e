import { Button, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { OperatorRow } from '#contract';
import { useChangeRole } from '../../api/use-operators.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { sayDone } from '../../ui/toast.ts';
import { operatorRoles } from './operator-roles.ts';
import { RoleSelect } from './RoleSelect.tsx';

interface Props {
  operator: OperatorRow;
  onClose: () => void;
}

/** Changes what somebody may do, at once. */
export function ChangeRole({ operator, onClose }: Props) {
  const [role, setRole] = useState(operator.role);
  const change = useChangeRole();
  const save = (): void =>
    change.mutate(
      { id: operator.id, role },
      {
        onSuccess: () => {
          onClose();
          sayDone(`${operator.name} is ${operatorRoles[role].title.toLowerCase()} now.`);
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={`Role of ${operator.name}`} size="sm">
      <Stack gap="sm">
        <RoleSelect value={role} onChange={setRole} />
        <DialogFoot error={change.error} onClose={onClose}>
          <Button onClick={save} loading={change.isPending} disabled={role === operator.role}>
            Change role
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}
