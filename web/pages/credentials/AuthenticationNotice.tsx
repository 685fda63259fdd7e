import { useSearch } from '@tanstack/react-router';
import { z } from 'zod';
import type { Credential } from '#contract';
import { useOverview } from '../../api/use-overview.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Notice } from '../../ui/Notice.tsx';

const searchSchema = z.object({ authenticated: z.string().optional(), problem: z.string().optional() });

interface Props {
  credential: Credential;
  vendorTitle: string;
}

/** What came back from the vendor's sign-in, or what the credential needs now. */
export function AuthenticationNotice({ credential, vendorTitle }: Props) {
  const { authenticated, problem } = searchSchema.parse(useSearch({ strict: false }));
  const steps = useOverview().data?.steps;
  if (problem) {
    return (
      <Notice tone="danger" title={`${vendorTitle} did not complete the sign-in`}>
        {problem}
      </Notice>
    );
  }
  if (credential.problem) {
    return (
      <Notice
        tone={credential.status === 'authenticated' ? 'warning' : 'danger'}
        title={credential.status === 'authenticated' ? 'The last test failed' : 'It cannot be used now'}
      >
        {credential.problem}
      </Notice>
    );
  }
  if (credential.status === 'not_authenticated') {
    return (
      <Notice tone="warning" title={`Sign in to ${vendorTitle} once`}>
        Authenticate opens {vendorTitle}, where an admin allows this server what the scopes below name.
      </Notice>
    );
  }
  if (!authenticated || credential.status !== 'authenticated') return null;
  return (
    <Notice
      tone="success"
      title={`${vendorTitle} accepted the sign-in`}
      action={
        steps &&
        !steps.hasIntegration && (
          <LinkButton to={`/integrations?new=1`} size="xs">
            Set up the user load
          </LinkButton>
        )
      }
    >
      Tokens are renewed by themselves from now on.
    </Notice>
  );
}
