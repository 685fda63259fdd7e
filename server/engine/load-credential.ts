import type { Credential } from '../domain/credential.ts';
import type { Integration } from '../domain/integration.ts';
import type { IntegrationStore } from './load-ports.ts';

export type LoadCredential = Pick<Credential, 'id' | 'name' | 'vendorId' | 'status' | 'problem' | 'baseUrl'>;

/** What an integration loads with: a credential of this server, or one that its agent says it has. */
export async function findLoadCredential(
  store: Pick<IntegrationStore, 'credential' | 'agent'>,
  integration: Integration,
): Promise<LoadCredential | undefined> {
  const { installation, credentialId, agentId, agentCredential } = integration;
  if (installation === 'cloud') {
    return credentialId === null ? undefined : await store.credential(credentialId);
  }
  const agent = agentId === null ? undefined : await store.agent(agentId);
  const found = agent?.credentials.find(({ name }) => name === agentCredential);
  if (!agent || !found) return undefined;
  const problem = `on the machine of the agent "${agent.name}", run: rollcall agent credential login --name "${found.name}"`;
  return { ...found, id: '', baseUrl: '', problem: found.status === 'authenticated' ? null : problem };
}
