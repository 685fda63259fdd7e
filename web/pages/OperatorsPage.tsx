import { Button } from '@mantine/core';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Invitation } from '#contract';
import { useOperators, useWithdrawInvitation } from '../api/use-operators.ts';
import { useCan, useSession } from '../api/use-session.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import stack from '../ui/Stack.module.css';
import { sayDone, sayFailed } from '../ui/toast.ts';
import { ChangeRole } from './operators/ChangeRole.tsx';
import { InvitationLink } from './operators/InvitationLink.tsx';
import { InviteOperator } from './operators/InviteOperator.tsx';
import {
  invitationColumns,
  type Opened,
  operatorActions,
  operatorColumns,
} from './operators/operator-columns.tsx';
import { RemoveOperator } from './operators/RemoveOperator.tsx';

/** Who may sign in to this server, and what they may do. */
export function OperatorsPage() {
  const operators = useOperators();
  const canWrite = useCan('operators.write');
  const self = useSession().data?.operator;
  const withdrawal = useWithdrawInvitation();
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  const own = { id: self?.id ?? '', isOwner: self?.role === 'owner' };
  const withdraw = ({ id, name }: Invitation): void =>
    withdrawal.mutate(id, {
      onSuccess: () => sayDone(`The link of ${name} works no more.`),
      onError: (error) => sayFailed('The invitation stays', error),
    });
  const invite = canWrite && (
    <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => setOpened({ kind: 'invite' })}>
      Invite operator
    </Button>
  );
  return (
    <>
      <PageHeader title="Operators" summary="People who sign in to this server." actions={invite} />
      <Loaded query={operators} rows={3}>
        {({ operators: rows, invitations }) => (
          <div className={stack.stack}>
            <Panel flush>
              <DataTable
                label="Operators"
                columns={[...operatorColumns(own.id), ...(canWrite ? [operatorActions(own, setOpened)] : [])]}
                rows={rows}
                rowKey={({ id }) => id}
              />
            </Panel>
            {invitations.length > 0 && (
              <Panel title="Invited" note="Their links wait for a password." flush>
                <DataTable
                  label="Invited"
                  columns={invitationColumns(canWrite ? withdraw : null)}
                  rows={invitations}
                  rowKey={({ id }) => id}
                />
              </Panel>
            )}
          </div>
        )}
      </Loaded>
      {opened?.kind === 'invite' && (
        <InviteOperator onInvited={(invitation) => setOpened({ kind: 'link', invitation })} onClose={close} />
      )}
      {opened?.kind === 'link' && <InvitationLink {...opened.invitation} onClose={close} />}
      {opened?.kind === 'role' && <ChangeRole operator={opened.operator} onClose={close} />}
      {opened?.kind === 'remove' && <RemoveOperator operator={opened.operator} onClose={close} />}
    </>
  );
}
