import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { type OperatorInput, type OperatorInvitation, operatorInput } from '#contract';
import { useInvite } from '../../api/use-operators.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { RoleSelect } from './RoleSelect.tsx';

interface Props {
  onInvited: (invitation: OperatorInvitation) => void;
  onClose: () => void;
}

const empty: OperatorInput = { name: '', email: '', role: 'operator' };

/** Names somebody new and what they may do; the link comes next. */
export function InviteOperator({ onInvited, onClose }: Props) {
  const invite = useInvite();
  const form = useForm({
    initialValues: empty,
    validate: schemaResolver(operatorInput, { sync: true }),
    validateInputOnBlur: ['email'],
  });
  return (
    <Modal opened onClose={onClose} title="Invite operator" size="sm">
      <form noValidate onSubmit={form.onSubmit((values) => invite.mutate(values, { onSuccess: onInvited }))}>
        <Stack gap="sm">
          <TextInput label="Name" autoComplete="off" data-autofocus {...form.getInputProps('name')} />
          <TextInput label="E-mail" type="email" autoComplete="off" {...form.getInputProps('email')} />
          <RoleSelect value={form.values.role} onChange={(role) => form.setFieldValue('role', role)} />
          <DialogFoot error={invite.error} onClose={onClose}>
            <Button type="submit" loading={invite.isPending}>
              Invite
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
