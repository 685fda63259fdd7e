import { once } from 'node:events';
import { createServer } from 'node:http';
import { Pool } from 'undici';

/** A bare handler that makes the two calls of a run and answers. Prints its port as the first line. */
const pool = new Pool(process.argv[2] ?? '', { connections: 128, pipelining: 1 });
const headers = { authorization: 'Bearer bench-access-token' };

const server = createServer(async (request, response) => {
  request.resume();
  const path = `/v1/people/${new URL(request.url ?? '/', 'http://floor').searchParams.get('id')}`;
  const found = await pool.request({ method: 'GET', path, headers });
  const person = (await found.body.json()) as { lastActivity: string };
  const removed = await pool.request({ method: 'DELETE', path, headers });
  await removed.body.dump();
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ lastActivity: person.lastActivity, status: removed.statusCode }));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' && address ? address.port : 0);
