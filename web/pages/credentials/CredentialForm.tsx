import { Anchor, Button, Group, PasswordInput, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ExternalLink, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { type Credential, credentialInput, type Vendor } from '#contract';
import { ApiError } from '../../api/problem.ts';
import type { CredentialDraft } from '../../api/use-credentials.ts';
import { useSession } from '../../api/use-session.ts';
import { useSandbox } from '../../api/use-vendors.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import stack from '../../ui/Stack.module.css';
import classes from './CredentialForm.module.css';
import { type CredentialValues, toDraft, toValues, withSandbox } from './credential-draft.ts';
import { ScopesInput } from './ScopesInput.tsx';
import { UrlOverrides } from './UrlOverrides.tsx';

interface Props {
  vendor: Vendor;
  /** Null for a new one. */
  credential: Credential | null;
  onSave: (draft: CredentialDraft, isAuthenticating: boolean) => Promise<void>;
  onCancel?: () => void;
}

/** Everything that a credential holds; the secret is written and never read back. */
export function CredentialForm({ vendor, credential, onSave, onCancel }: Props) {
  const session = useSession().data;
  const sandbox = useSandbox().data?.find((one) => one.vendorId === vendor.id);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState<'save' | 'authenticate' | null>(null);
  const form = useForm<CredentialValues>({
    initialValues: toValues(vendor, credential, session?.operator?.name ?? ''),
    validate: (values) => errorsOf(vendor.id, values, credential),
  });
  const isSandbox = sandbox !== undefined && form.values.baseUrl === sandbox.credential.baseUrl;

  const save = (isAuthenticating: boolean) =>
    form.onSubmit(async (values) => {
      setPending(isAuthenticating ? 'authenticate' : 'save');
      setError(null);
      try {
        await onSave(toDraft(vendor.id, values), isAuthenticating);
      } catch (failure) {
        setError(failure);
        form.setErrors(placesOf(failure));
      } finally {
        setPending(null);
      }
    });

  return (
    <form onSubmit={save(credential === null)} noValidate className={stack.stack}>
      {sandbox && !isSandbox && credential === null && (
        <Notice
          tone="interactive"
          title="Try it without an account"
          action={
            <Button
              leftSection={<FlaskConical size={15} aria-hidden />}
              onClick={() => form.setValues(withSandbox(form.values, sandbox))}
            >
              Use the sandbox organisation
            </Button>
          }
        >
          This server imitates {vendor.title} with made-up people. Everything below is filled in for you.
        </Notice>
      )}
      {isSandbox && (
        <Notice tone="success" title="Filled in for the sandbox organisation">
          Nothing reaches the real {vendor.title}: every URL leads to the imitation on this server.
        </Notice>
      )}
      <Panel title="Information">
        <div className={stack.stack}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="Name" required {...form.getInputProps('name')} />
            <TextInput label="Owner" {...form.getInputProps('owner')} />
          </SimpleGrid>
          <TextInput
            label="Description"
            placeholder="What it is used for, and by whom"
            {...form.getInputProps('description')}
          />
        </div>
      </Panel>
      <Panel title="OAuth 2.0">
        <div className={stack.stack}>
          <div className={classes.redirect}>
            <span className={classes.label}>Redirect URL</span>
            <p>
              Enter it at {vendor.title} where you create the client ID.{' '}
              <Anchor
                href={vendor.auth[0]?.docs}
                target="_blank"
                rel="noreferrer"
                size="sm"
                underline="always"
              >
                How {vendor.title} does it <ExternalLink size={12} aria-label="(opens a new tab)" />
              </Anchor>
            </p>
            <Mono copy="redirect URL">{`${session?.publicUrl.replace(/\/+$/, '') ?? ''}/api/v1/oauth/callback`}</Mono>
          </div>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="Client ID" required autoComplete="off" {...form.getInputProps('clientId')} />
            <PasswordInput
              label="Client secret"
              required={!credential?.hasSecret}
              autoComplete="new-password"
              placeholder={credential?.hasSecret ? 'Stored; type to replace it' : ''}
              {...form.getInputProps('clientSecret')}
            />
          </SimpleGrid>
          <ScopesInput vendor={vendor} {...form.getInputProps('scopes')} />
          <UrlOverrides vendor={vendor} inputOf={(key) => form.getInputProps(key)} isOpen={isSandbox} />
        </div>
      </Panel>
      {error ? <ErrorState error={error} /> : null}
      <Group justify="flex-end" gap="xs">
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
        {credential === null && (
          <Button variant="default" loading={pending === 'save'} onClick={() => save(false)()}>
            Save credential
          </Button>
        )}
        <Button
          type="submit"
          loading={pending !== null && (credential !== null || pending === 'authenticate')}
        >
          {credential ? 'Save changes' : 'Save and authenticate'}
        </Button>
      </Group>
    </form>
  );
}

function errorsOf(
  vendorId: string,
  values: CredentialValues,
  credential: Credential | null,
): Record<string, string> {
  const found: Record<string, string> = {};
  const read = credentialInput.safeParse(toDraft(vendorId, values));
  for (const issue of read.error?.issues ?? []) found[issue.path.join('.')] ??= wordsOf(issue);
  if (!credential?.hasSecret && values.clientSecret === '')
    found.clientSecret = 'Enter the client secret.';
  return found;
}

function wordsOf(issue: { code?: string | undefined; message: string }): string {
  return issue.code === 'invalid_format' ? 'Enter a whole URL, starting with https://.' : issue.message;
}

function placesOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    error.issues.map((issue) => [issue.place.replace(/^body[./]/, ''), issue.message]),
  );
}
