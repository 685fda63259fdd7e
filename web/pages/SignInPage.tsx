import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { z } from 'zod';
import { useSession, useSignIn } from '../api/use-session.ts';
import { GateFrame } from '../shell/GateFrame.tsx';
import { FailureLine } from '../ui/FailureLine.tsx';
import { linkTo } from '../ui/link-to.ts';

// Only a path of ours: an address from outside must never follow a sign-in.
const returnPath = z.object({
  to: z
    .string()
    .regex(/^\/(?![/\\])/)
    .catch('/'),
});

/** An operator signs in. */
export function SignInPage() {
  const { to } = returnPath.parse(useSearch({ strict: false }));
  const session = useSession();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? 'Enter your e-mail address.' : null),
      password: (value) => (value === '' ? 'Enter your password.' : null),
    },
  });

  if (session.data && !session.data.isSetUp) return <Navigate to="/setup" replace />;
  if (session.data?.operator) return <Navigate {...linkTo(to)} replace />;
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: () => void navigate(linkTo(to)),
      onError: () => form.setFieldValue('password', ''),
    }),
  );
  return (
    <GateFrame title="Sign in" summary="Enter the account that you have on this server.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            size="md"
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            size="md"
            {...form.getInputProps('password')}
          />
          <FailureLine of={signIn.error} />
          <Button type="submit" size="md" fullWidth mt={4} loading={signIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
    </GateFrame>
  );
}
