import type { ReactNode } from 'react';
import { type CredentialDetails, credentialKinds } from '#contract';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';

type Row = readonly [name: string, value: ReactNode];

/** What a credential is and how it does: what its kind does not have is left out. */
export function CredentialFacts({ credential, redirectUrl, hosts }: CredentialDetails) {
  const { title, token, secretLabel, hasScopes, inputs } = credentialKinds[credential.kind];
  const isOAuth = token !== 'given';
  const rows: (Row | false)[] = [
    ['Owner', credential.owner],
    ['Authorization type', title],
    ...inputs.map(({ name, label }) => mono(label, credential.inputs[name] ?? '')),
    isOAuth && mono('Client ID', credential.clientId),
    [secretLabel, credential.hasSecret ? 'Stored, never shown' : 'Missing'],
    hasScopes && ['Scopes', credential.scopes && <Scopes key="scopes" scopes={credential.scopes} />],
    token === 'login' && [
      'Redirect URL',
      <Mono key="redirect" copy="redirect URL">
        {redirectUrl}
      </Mono>,
    ],
    mono('Base URL', credential.baseUrl),
    credential.apiUrl !== '' && mono('Home of this account', credential.apiUrl),
    credential.authorizeUrl !== '' && mono('Authorize URL', credential.authorizeUrl),
    credential.tokenUrl !== '' && mono('Token URL', credential.tokenUrl),
    mono('May be sent to', hosts.join(', ')),
    isOAuth && ['Token expires', <TimeAgo key="expires" at={credential.expiresAt} />],
    ['Last used', <TimeAgo key="used" at={credential.lastUsedAt} otherwise="Never" />],
    ['Changed', <TimeAgo key="changed" at={credential.updatedAt} />],
  ];
  return (
    <Panel title="Information">
      <KeyValues rows={rows.filter((row) => row !== false)} />
    </Panel>
  );
}

const mono = (name: string, text: string): Row => [name, <Mono key={name}>{text}</Mono>];

function Scopes({ scopes }: { scopes: string }) {
  return scopes.split(/\s+/).map((scope) => (
    <div key={scope}>
      <Mono>{scope}</Mono>
    </div>
  ));
}
