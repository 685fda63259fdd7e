import { type Credential, credentialKinds } from '#contract';
import { StatusBadge } from '../../ui/StatusBadge.tsx';

/** The status of a credential: one without a login is ready, not authenticated. */
export function CredentialBadge({ credential: { kind, status, problem } }: { credential: Credential }) {
  if (status === 'authenticated' && problem !== null) return <StatusBadge status="needs_attention" />;
  const isReady = status === 'authenticated' && credentialKinds[kind].token !== 'login';
  return <StatusBadge status={status} {...(isReady && { word: 'Ready' })} />;
}
