import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { useSession, useSignOut } from '../api/use-session.ts';
import { sayFailed } from '../ui/toast.ts';

const roleWords = {
  viewer: 'Viewer',
  operator: 'Operator',
  author: 'Author',
  approver: 'Approver',
  admin: 'Admin',
  owner: 'Owner',
};

/** Who is signed in, and the way out. */
export function OperatorMenu() {
  const session = useSession().data;
  const signOut = useSignOut();
  const operator = session?.operator;
  if (!operator) return null;
  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={`Signed in as ${operator.name}`} ml={4} style={{ borderRadius: '50%' }}>
          <Avatar size={30} radius="xl" color="indigo" name={operator.name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
          <Text fw={600} size="sm" truncate>
            {operator.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {operator.email}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            {roleWords[operator.role]} · Rollcall {session.version}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<LogOut size={15} aria-hidden />}
          onClick={() =>
            signOut.mutate(undefined, { onError: (error) => sayFailed('You are still signed in', error) })
          }
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
