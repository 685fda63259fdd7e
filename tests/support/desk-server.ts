import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Agent {
  id: string;
  contact: { mail: string };
  name: { given: string; family: string };
  role: 'owner' | 'agent';
  suspended: boolean;
  lastSeen: string;
}

export const deskToken = 'desk-token-of-this-test';

/** The help desk of the worked example in the documentation, as its own documentation would describe it. */
export async function openDesk(count = 25) {
  const agents = new Map<string, Agent>();
  const calls: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    agents.set(`ag-${n}`, {
      id: `ag-${n}`,
      contact: { mail: `agent.${n}@acme.test` },
      name: { given: `Agent${n}`, family: 'Smith' },
      role: n === 1 ? 'owner' : 'agent',
      suspended: n % 5 === 0,
      lastSeen: '2026-11-01T09:00:00Z',
    });
  }

  const answer = async (request: IncomingMessage): Promise<[status: number, body?: object]> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://desk.test');
    if (request.headers.authorization !== `Bearer ${deskToken}`)
      return refuse(401, 'no_token', 'Who are you?');
    if (pathname === '/api/v1/agents' && request.method === 'GET') {
      const [limit, offset] = [
        Number(searchParams.get('limit') ?? 20),
        Number(searchParams.get('offset') ?? 0),
      ];
      return [200, { agents: [...agents.values()].slice(offset, offset + limit) }];
    }
    const [, id = '', rest] = /^\/api\/v1\/agents\/([\w-]+)(\/suspension)?$/.exec(pathname) ?? [];
    const agent = agents.get(id);
    if (id === '') return refuse(404, 'no_page', 'There is nothing here.');
    if (!agent) return refuse(404, 'no_agent', `There is no agent ${id}.`);
    if (rest && request.method === 'PUT') {
      const body = JSON.parse(await textOf(request)) as { suspended?: unknown; reason?: unknown };
      if (typeof body.suspended !== 'boolean')
        return refuse(422, 'bad_body', 'suspended must be true or false.');
      if (body.suspended && !body.reason) return refuse(422, 'bad_body', 'A suspension needs a reason.');
      agents.set(id, { ...agent, suspended: body.suspended });
      return [204];
    }
    if (rest) return refuse(405, 'no_method', 'Only PUT.');
    if (request.method === 'GET') return [200, agent];
    if (request.method !== 'DELETE') return refuse(405, 'no_method', 'Only GET and DELETE.');
    agents.delete(id);
    return [204];
  };

  const server = createServer(async (request, response) => {
    calls.push(`${request.method} ${request.url}`);
    const [status, body] = await answer(request);
    response.writeHead(status, body && { 'content-type': 'application/json' });
    response.end(body && JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api/v1`, agents, calls };
}

const refuse = (status: number, code: string, message: string): [number, object] => [
  status,
  { error: { code, message } },
];

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
