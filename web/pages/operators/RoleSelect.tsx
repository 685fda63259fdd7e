import { Select } from '@mantine/core';
import type { Role } from '#contract';
import { useSession } from '../../api/use-session.ts';
import { operatorRoles, roleOptions } from './operator-roles.ts';

interface Props {
  value: Role;
  onChange: (role: Role) => void;
}

/** Chooses a role, and says what it may do. */
export function RoleSelect({ value, onChange }: Props) {
  const isOwner = useSession().data?.operator?.role === 'owner';
  return (
    <Select
      label="Role"
      data={roleOptions(isOwner)}
      value={value}
      description={operatorRoles[value].summary}
      inputWrapperOrder={['label', 'input', 'description']}
      allowDeselect={false}
      onChange={(role) => role && onChange(role as Role)}
    />
  );
}
