import { Anchor, PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { type AuthKind, type Credential, credentialKinds, methodOf, type Vendor } from '#contract';
import { Panel } from '../../ui/Panel.tsx';
import stack from '../../ui/Stack.module.css';
import { type CredentialFormState, kindsOf, neededScopes, scopesOf } from './credential-draft.ts';
import { RedirectUrl } from './RedirectUrl.tsx';
import { ScopeList, ScopesInput } from './ScopesInput.tsx';
import { UrlOverrides } from './UrlOverrides.tsx';

interface Props {
  vendor: Vendor;
  credential: Credential | null;
  form: CredentialFormState;
  /** Other URLs than the vendor's own are filled in. */
  hasOverrides: boolean;
}

/** How the credential signs in: its kind, and what that kind needs. */
export function AuthorizationPanel({ vendor, credential, form, hasOverrides }: Props) {
  const { kind } = form.values;
  const { token, secret, secretLabel, hasScopes, inputs } = credentialKinds[kind];
  const isStored = credential?.hasSecret === true && credentialKinds[credential.kind].secret === secret;
  const scopes = neededScopes(vendor, kind);
  const choose = (chosen: AuthKind): void => {
    form.setValues({ kind: chosen, scopes: scopesOf(vendor, chosen) });
    form.clearErrors();
  };
  return (
    <Panel title="Authorization">
      <div className={stack.stack}>
        <Select
          label="Authorization type"
          description={<Docs vendor={vendor} kind={kind} />}
          allowDeselect={false}
          data={kindsOf(vendor)}
          {...form.getInputProps('kind')}
          onChange={(value) => value && choose(value as AuthKind)}
        />
        {vendor.baseUrlInput && (
          <TextInput
            label={vendor.baseUrlInput.label}
            description={vendor.baseUrlInput.hint}
            placeholder={vendor.baseUrlInput.placeholder}
            type="url"
            required
            {...form.getInputProps('baseUrl')}
          />
        )}
        {token === 'login' && <RedirectUrl vendor={vendor} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {inputs.map(({ name, label }) => (
            <TextInput
              key={name}
              label={label}
              required
              autoComplete="off"
              {...form.getInputProps(`inputs.${name}`)}
              value={form.values.inputs[name] ?? ''}
            />
          ))}
          {token !== 'given' && (
            <TextInput label="Client ID" required autoComplete="off" {...form.getInputProps('clientId')} />
          )}
          <PasswordInput
            key={secret}
            label={secretLabel}
            required={!isStored}
            autoComplete="new-password"
            placeholder={isStored ? 'Stored; type to replace it' : ''}
            {...form.getInputProps(secret)}
          />
        </SimpleGrid>
        {hasScopes && <ScopesInput needed={scopes} {...form.getInputProps('scopes')} />}
        {!hasScopes && scopes.length > 0 && (
          <ScopeList title={`Scopes that the app at ${vendor.title} needs`} needed={scopes} />
        )}
        <UrlOverrides key={kind} vendor={vendor} form={form} isOpen={hasOverrides} />
      </div>
    </Panel>
  );
}

function Docs({ vendor, kind }: { vendor: Vendor; kind: AuthKind }) {
  const docs = methodOf(vendor, kind)?.docs;
  if (!docs) return `Not described by ${vendor.title}: enter the URLs of your own server.`;
  return (
    <Anchor href={docs} target="_blank" rel="noreferrer" size="xs" underline="always">
      How {vendor.title} does it <ExternalLink size={11} aria-label="(opens a new tab)" />
    </Anchor>
  );
}
