import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { z } from 'zod';
import { setUp } from '#contract';
import { ApiError } from '../api/problem.ts';
import { useSession, useSetUp } from '../api/use-session.ts';
import { GateFrame } from '../shell/GateFrame.tsx';
import { FailureLine } from '../ui/FailureLine.tsx';
import { PasswordStrength } from './setup/PasswordStrength.tsx';

const link = z.object({ code: z.string().catch('') });

/** The first owner of a new server, by the link that its start printed. */
export function SetUpPage() {
  const { code } = link.parse(useSearch({ strict: false }));
  const session = useSession();
  const navigate = useNavigate();
  const creation = useSetUp();
  const form = useForm({
    initialValues: { code, name: '', email: '', password: '' },
    validate: schemaResolver(setUp, { sync: true }),
    validateInputOnBlur: ['email'],
  });

  if (session.data?.operator) return <Navigate to="/" replace />;
  if (session.data?.isSetUp) return <Navigate to="/sign-in" replace />;
  const submit = form.onSubmit((values) =>
    creation.mutate(values, {
      onSuccess: () => void navigate({ to: '/' }),
      onError: (error) => form.setErrors(errorsOf(error)),
    }),
  );
  return (
    <GateFrame
      title="Create the owner account"
      summary="The owner may do everything on this server, and is its first operator."
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {code === '' && (
            <TextInput
              label="Setup code"
              description="The server printed it when it started."
              autoComplete="off"
              size="md"
              {...form.getInputProps('code')}
            />
          )}
          <TextInput label="Name" autoComplete="name" size="md" autoFocus {...form.getInputProps('name')} />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            size="md"
            {...form.getInputProps('email')}
          />
          <div>
            <PasswordInput
              label="Password"
              autoComplete="new-password"
              size="md"
              {...form.getInputProps('password')}
            />
            <PasswordStrength password={form.values.password} />
          </div>
          <FailureLine of={creation.error} />
          <Button type="submit" size="md" fullWidth mt={4} loading={creation.isPending}>
            Create owner account
          </Button>
        </Stack>
      </form>
    </GateFrame>
  );
}

/** What the server found, next to the inputs that it names. */
function errorsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const found: Record<string, string> = {};
  for (const issue of error.issues) found[issue.place.replace(/^body[./]/, '')] = issue.message;
  return found;
}
