import { Button, PasswordInput, Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { sentenceOf } from '../api/problem.ts';
import { useAcceptInvitation, useInvited } from '../api/use-operators.ts';
import { GateFrame } from '../shell/GateFrame.tsx';
import { FailureLine } from '../ui/FailureLine.tsx';
import { operatorRoles } from './operators/operator-roles.ts';
import { PasswordStrength } from './setup/PasswordStrength.tsx';

const link = z.object({ code: z.string().catch('') });

const lowerFirst = (text: string): string => `${text[0]?.toLowerCase()}${text.slice(1)}`;

/** Behind the link of an invitation: a password, and one is an operator. */
export function InvitationPage() {
  const { code } = link.parse(useSearch({ strict: false }));
  const invited = useInvited(code);
  const acceptance = useAcceptInvitation();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');

  if (code === '' || invited.error) {
    const why = invited.error ? sentenceOf(invited.error) : 'The link has no code. Open it as you got it.';
    return <GateFrame title="This invitation is not valid" summary={why} />;
  }
  if (!invited.data) return <GateFrame title="Looking for your invitation" summary="One moment." />;
  const { name, email, role } = invited.data;
  return (
    <GateFrame
      title={`Welcome, ${name}`}
      summary={`You are invited to this server. ${operatorRoles[role].title}: ${lowerFirst(operatorRoles[role].summary)}`}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          acceptance.mutate({ code, password }, { onSuccess: () => void navigate({ to: '/' }) });
        }}
      >
        <Stack gap="md">
          {/* For password managers, which keep it with the password. */}
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <div>
            <PasswordInput
              label={`Password for ${email}`}
              autoComplete="new-password"
              size="md"
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <PasswordStrength password={password} />
          </div>
          <FailureLine of={acceptance.error} />
          <Button type="submit" size="md" fullWidth loading={acceptance.isPending} disabled={password === ''}>
            Take the invitation
          </Button>
        </Stack>
      </form>
    </GateFrame>
  );
}
