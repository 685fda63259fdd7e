import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * A bare vendor in a process of its own: answers by the shape of the URL and keeps nothing. Every second person is
 * inactive. Prints its port as the first line.
 */
const old = '2020-01-01T00:00:00.000Z';
const recent = new Date().toISOString();
const token = {
  access_token: 'bench-access-token',
  refresh_token: 'bench-refresh-token',
  token_type: 'Bearer',
  expires_in: 1_209_599,
};

const person = (id: string): string => {
  const n = Number(id.slice(2));
  return JSON.stringify({
    id,
    emails: [`person${n}@acme.test`],
    displayName: `Person ${n}`,
    firstName: 'Person',
    lastName: String(n),
    orgId: 'org',
    created: old,
    lastModified: old,
    lastActivity: n % 2 === 0 ? recent : old,
    status: 'inactive',
    type: 'person',
  });
};

/** The list of everybody, as many as the first argument says, with a link to the next page. */
const company = Number(process.argv[2] ?? 0);
/** How long every answer takes. */
const latencyMs = Number(process.argv[3] ?? 0);

function answerList(url: URL, response: ServerResponse): void {
  const size = Number(url.searchParams.get('max'));
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const end = Math.min(company, from + size);
  const people = Array.from({ length: end - from }, (_, i) => person(`p-${from + i}`));
  const next = end < company ? { link: `<${url.origin}/v1/people?cursor=${end}>; rel="next"` } : {};
  response
    .writeHead(200, { 'content-type': 'application/json', ...next })
    .end(`{"items":[${people.join(',')}]}`);
}

const server = createServer((request, response) => {
  if (latencyMs === 0) answer(request, response);
  else setTimeout(() => answer(request, response), latencyMs);
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '/';
  if (request.method === 'DELETE') {
    response.writeHead(204).end();
  } else if (request.method === 'POST') {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  } else if (url.startsWith('/v1/people?')) {
    answerList(new URL(url, `http://${request.headers.host}`), response);
  } else if (url.startsWith('/v1/roles') || url.startsWith('/v1/licenses')) {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[]}');
  } else {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(person(url.slice(url.lastIndexOf('/') + 1)));
  }
}
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' && address ? address.port : 0);
