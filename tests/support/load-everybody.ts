import type { IntegrationDetails, Load, MappingProposal } from '#contract';

/** Sends a request to the REST API as an owner and gives back what it answers. */
export type Send = <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: object) => Promise<T>;

interface What {
  vendorId: string;
  credentialId: string;
  /** What the load asks operators for. */
  inputs?: Record<string, string> | undefined;
}

/** Adds an integration with all that Smart Mapping proposes, launches it, and loads people and SaaS users once. */
export async function loadEverybody(send: Send, { vendorId, credentialId, inputs }: What) {
  const named = { vendorId, name: vendorId };
  const { integration } = await send<IntegrationDetails>('POST', '/integrations', named);
  const path = `/integrations/${integration.id}`;
  await send('PATCH', path, { credentialId, mode: 'user_and_saas_user', ...(inputs && { inputs }) });
  const { rows } = await send<MappingProposal>('POST', `${path}/mapping-proposal`, {});
  for (const { row, newField } of rows) {
    const { recordType, externalId } = row.target;
    if (newField) await send('POST', '/fields', { ...newField, recordType, externalId });
  }
  await send('PATCH', path, { mapping: { rows: rows.map(({ row }) => row) } });
  await send('PUT', `${path}/activation`, {});
  let load = await send<Load>('POST', `${path}/loads`, {});
  while (load.finishedAt === null) {
    await new Promise((resolve) => setImmediate(resolve));
    load = await send<Load>('GET', `/loads/${load.id}`);
  }
  if (load.status !== 'succeeded') throw new Error(`${vendorId}: ${load.status}: ${String(load.error)}`);
  return load;
}
