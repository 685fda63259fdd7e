import { type Credential, credentialKinds } from '#contract';
import { useAuthenticate, useTestCredential } from '../../api/use-credentials.ts';
import { sayDone, sayFailed } from '../../ui/toast.ts';

/**
 * Proves a credential that was saved: by the vendor's login, which returns to `returnTo`, or by a test where there is
 * none. What comes of it is said; true when this page is about to be left for the login.
 */
export function useProve() {
  const authentication = useAuthenticate();
  const test = useTestCredential();

  return async ({ id, kind }: Credential, returnTo: string): Promise<boolean> => {
    const hasLogin = credentialKinds[kind].token === 'login';
    try {
      if (hasLogin) {
        await authentication.mutateAsync({ id, returnTo });
        return true;
      }
      const { isOk, message } = await test.mutateAsync(id);
      if (isOk) sayDone(`The credential is saved. ${message}`);
      else sayFailed('The credential is saved, but it does not work', message);
    } catch (error) {
      const what = hasLogin ? 'the sign-in did not start' : 'it could not be tested';
      sayFailed(`The credential is saved, but ${what}`, error);
    }
    return false;
  };
}
