import type { CredentialDetails, SandboxInfo } from '#contract';
import { gotoAccounts } from '../../server/sandbox/goto.ts';
import type { ApiClient } from './api-client.ts';
import { loadEverybody } from './load-everybody.ts';
import { allow } from './story.ts';

/** What a load asks operators for, by vendor. */
const loadInputs: Record<string, Record<string, string>> = {
  goto: { account_key: gotoAccounts[0]?.key ?? '' },
};

/** A credential of every imitated vendor, with an integration that has loaded everybody. */
export async function connectEverySandbox(api: ApiClient): Promise<void> {
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  for (const { vendorId, credential } of vendors) {
    const made = await api.send<CredentialDetails>('POST', '/credentials', { ...credential, vendorId });
    const { id, kind } = made.credential;
    if (kind === 'oauth2') {
      const path = `/credentials/${id}/authorization`;
      const { authorizeUrl } = await api.send<{ authorizeUrl: string }>('POST', path, {});
      const back = await allow(authorizeUrl);
      await api.raw('GET', `${back.pathname}${back.search}`);
    }
    await loadEverybody(api.send, { vendorId, credentialId: id, inputs: loadInputs[vendorId] });
  }
}
