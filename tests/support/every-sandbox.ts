import type { CredentialDetails, IntegrationDetails, Load, MappingProposal, SandboxInfo } from '#contract';
import { gotoAccounts } from '../../server/sandbox/goto.ts';
import type { ApiClient } from './api-client.ts';
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
    await loadAll(api, vendorId, id);
  }
}

async function loadAll(api: ApiClient, vendorId: string, credentialId: string): Promise<void> {
  const { integration } = await api.send<IntegrationDetails>('POST', '/integrations', {
    vendorId,
    name: vendorId,
  });
  const path = `/integrations/${integration.id}`;
  const inputs = loadInputs[vendorId];
  await api.send('PATCH', path, { credentialId, mode: 'user_and_saas_user', ...(inputs && { inputs }) });
  const { rows } = await api.send<MappingProposal>('POST', `${path}/mapping-proposal`, {});
  for (const { row, newField } of rows) {
    const { recordType, externalId } = row.target;
    if (newField) await api.send('POST', '/fields', { ...newField, recordType, externalId });
  }
  await api.send('PATCH', path, { mapping: { rows: rows.map(({ row }) => row) } });
  await api.send('PUT', `${path}/activation`, {});
  let load = await api.send<Load>('POST', `${path}/loads`, {});
  while (load.finishedAt === null) load = await api.get<Load>(`/loads/${load.id}`);
  if (load.status !== 'succeeded') throw new Error(`${vendorId}: ${load.status}: ${String(load.error)}`);
}
