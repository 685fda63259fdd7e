import { Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { type Credential, credentialInput, credentialKinds, type Vendor } from '#contract';
import { ApiError } from '../../api/problem.ts';
import type { CredentialChange } from '../../api/use-credentials.ts';
import { useSession } from '../../api/use-session.ts';
import { useSandbox } from '../../api/use-vendors.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import stack from '../../ui/Stack.module.css';
import { AuthorizationPanel } from './AuthorizationPanel.tsx';
import {
  type CredentialValues,
  findGaps,
  toDraft,
  toSeen,
  toValues,
  withSandbox,
} from './credential-draft.ts';
import { PaceInputs } from './PaceInputs.tsx';

interface Props {
  vendor: Vendor;
  /** Null for a new one. */
  credential: Credential | null;
  /** Saves it, and takes whoever wants to authenticate to the vendor's login. */
  onSave: (draft: CredentialChange, isAuthenticating: boolean) => Promise<void>;
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
    validate: (values) => errorsOf(vendor, values, credential),
  });
  const [was] = useState(credential && toSeen(credential));
  const hasLogin = credentialKinds[form.values.kind].token === 'login';
  const first = form.getInitialValues();
  const hasOverrides = Boolean(
    first.authorizeUrl || first.tokenUrl || (first.baseUrl && !vendor.baseUrlInput),
  );
  const isSandbox = sandbox !== undefined && form.values.baseUrl === sandbox.credential.baseUrl;

  const save = (isAuthenticating: boolean) =>
    form.onSubmit(async (values) => {
      setPending(isAuthenticating ? 'authenticate' : 'save');
      setError(null);
      try {
        await onSave({ ...toDraft(vendor, values), ...(was && { was }) }, isAuthenticating);
      } catch (failure) {
        setError(failure);
        form.setErrors(placesOf(failure));
      } finally {
        setPending(null);
      }
    });

  return (
    <form onSubmit={save(credential === null && hasLogin)} noValidate className={stack.stack}>
      {sandbox && !isSandbox && credential === null && (
        <Notice
          tone="interactive"
          title="Try it without an account"
          action={
            <Button
              leftSection={<FlaskConical size={15} aria-hidden />}
              onClick={() => form.setValues(withSandbox(form.values, vendor, sandbox))}
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
      <AuthorizationPanel
        vendor={vendor}
        credential={credential}
        form={form}
        hasOverrides={isSandbox || hasOverrides}
      />
      <PaceInputs vendor={vendor} form={form} />
      {error ? <ErrorState error={error} /> : null}
      <Group justify="flex-end" gap="xs">
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
        {credential === null && hasLogin && (
          <Button variant="default" loading={pending === 'save'} onClick={() => save(false)()}>
            Save credential
          </Button>
        )}
        <Button
          type="submit"
          loading={pending !== null && (credential !== null || !hasLogin || pending === 'authenticate')}
        >
          {wordFor(credential, hasLogin)}
        </Button>
      </Group>
    </form>
  );
}

function wordFor(credential: Credential | null, hasLogin: boolean): string {
  if (credential) return 'Save changes';
  return hasLogin ? 'Save and authenticate' : 'Save credential';
}

function errorsOf(
  vendor: Vendor,
  values: CredentialValues,
  credential: Credential | null,
): Record<string, string> {
  const { secret } = credentialKinds[values.kind];
  const hasSecret = credential?.hasSecret === true && credentialKinds[credential.kind].secret === secret;
  const found = findGaps(vendor, values, hasSecret);
  const read = credentialInput.safeParse(toDraft(vendor, values));
  for (const issue of read.error?.issues ?? []) found[issue.path.join('.')] ??= wordsOf(issue);
  return found;
}

function wordsOf(issue: { code?: string | undefined; message: string }): string {
  return issue.code === 'invalid_format' ? 'Enter a whole URL, starting with https://.' : issue.message;
}

/** The server names one place, or each part that it could not read. */
function placesOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const { place, detail, issues } = error;
  const found = issues.length > 0 || place === undefined ? issues : [{ place, message: detail }];
  return Object.fromEntries(found.map((issue) => [issue.place.replace(/^body[./]/, ''), issue.message]));
}
