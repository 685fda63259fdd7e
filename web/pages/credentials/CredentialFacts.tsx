import type { CredentialDetails } from '#contract';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';

/** What a credential is and how it does. */
export function CredentialFacts({ credential, redirectUrl, hosts }: CredentialDetails) {
  return (
    <Panel title="Information">
      <KeyValues
        rows={[
          ['Owner', credential.owner],
          ['Authorization type', 'OAuth 2.0'],
          ['Client ID', <Mono key="client">{credential.clientId}</Mono>],
          ['Client secret', credential.hasSecret ? 'Stored, never shown' : 'Missing'],
          ['Scopes', <Scopes key="scopes" scopes={credential.scopes} />],
          [
            'Redirect URL',
            <Mono key="redirect" copy="redirect URL">
              {redirectUrl}
            </Mono>,
          ],
          ['May be sent to', <Mono key="hosts">{hosts.join(', ')}</Mono>],
          ['Token expires', <TimeAgo key="expires" at={credential.expiresAt} />],
          ['Last used', <TimeAgo key="used" at={credential.lastUsedAt} otherwise="Never" />],
          ['Changed', <TimeAgo key="changed" at={credential.updatedAt} />],
        ]}
      />
    </Panel>
  );
}

function Scopes({ scopes }: { scopes: string }) {
  return scopes.split(/\s+/).map((scope) => (
    <div key={scope}>
      <Mono>{scope}</Mono>
    </div>
  ));
}
