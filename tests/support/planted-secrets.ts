import { expect } from 'vitest';
import type { CredentialDetails, IntegrationDetails, Load, MappingProposal } from '#contract';
import { sendJson, startVendorServer } from './vendor-server.ts';

/** A vendor that repeats the token it is sent wherever it can: in values, in refusals, in headers. */
export async function startParrot() {
  return await startVendorServer((seen, response) => {
    const said = String(seen.headers.authorization);
    const headers = { 'x-request-id': said, location: `/users?token=${encodeURIComponent(said)}` };
    if (seen.url.includes('token')) {
      const words = `You sent ${seen.body} with ${said}`;
      return sendJson(response, 400, { error: 'invalid_client', error_description: words }, headers);
    }
    if (seen.url.includes('refuse')) return sendJson(response, 403, { message: `You sent ${said}` }, headers);
    const isFirst = !/offset=[1-9]/.test(seen.url);
    const user = {
      _id: said.slice(-8),
      email: `${said.slice(-8)}@acme.test`,
      firstName: said,
      nickName: escapeMark + said,
      lastName: Buffer.from(said).toString('hex'),
      phonePrimary: Buffer.from(said).toString('base64url'),
      position: `ask ${encodeURIComponent(said)}`,
    };
    const body = JSON.stringify(seen.method === 'GET' && isFirst ? [user] : []);
    const escaped = body.replace(`${escapeMark}${said}`, toEscapes(said));
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(escaped);
  });
}

const escapeMark = 'escaped:';

/** As JSON may write every character. */
const toEscapes = (text: string): string =>
  text
    .split('')
    .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Sends a request and gives its answer; throws for one that is refused. */
export type Ask = <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown) => Promise<T>;

/** Loads once with a new credential, and once more where the vendor refuses. */
export async function loadTwice(ask: Ask, url: string, n: number, secret: string) {
  const draft = { vendorId: 'planhat', kind: 'bearer', token: secret, baseUrl: url };
  const { credential } = await ask<CredentialDetails>('POST', '/credentials', { ...draft, name: `Key ${n}` });
  const made = await ask<IntegrationDetails>('POST', '/integrations', {
    vendorId: 'planhat',
    name: `Load ${n}`,
  });
  const path = `/integrations/${made.integration.id}`;
  await ask('PATCH', path, { credentialId: credential.id, mode: 'user_and_saas_user' });
  const { rows } = await ask<MappingProposal>('POST', `${path}/mapping-proposal`, {});
  for (const { row, newField } of rows) {
    if (newField && n === 1) await ask('POST', '/fields', { ...newField, ...row.target });
  }
  await ask('PATCH', path, { mapping: { rows: rows.map(({ row }) => row) } });
  await ask('PUT', `${path}/activation`, {});
  const load = await ended(
    () => ask<Load>('POST', `${path}/loads`, {}),
    (id) => ask<Load>('GET', `/loads/${id}`),
  );
  expect(load.tally.read).toBe(1);

  await ask('PATCH', `/credentials/${credential.id}`, {
    ...draft,
    token: undefined,
    name: `Key ${n}`,
    baseUrl: `${url}/refuse`,
  });
  const refused = await ended(
    () => ask<Load>('POST', `${path}/loads`, {}),
    (id) => ask<Load>('GET', `/loads/${id}`),
  );
  expect(refused.status).toBe('failed');
  return credential.id;
}

/** What was begun, once it has ended. */
export async function ended<T extends { id: string; finishedAt: string | null }>(
  begin: () => Promise<T>,
  read: (id: string) => Promise<T>,
): Promise<T> {
  let now = await begin();
  while (now.finishedAt === null) {
    await new Promise((resolve) => setImmediate(resolve));
    now = await read(now.id);
  }
  return now;
}
