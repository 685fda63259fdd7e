import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRandom } from '../../server/sandbox/random.ts';
import type { LedgerCall, VendorTrouble } from './ledger-calls.ts';

/**
 * A vendor with a ledger in a process of its own, so that it outlives the server. Every second person is inactive; a
 * deleted one is gone. What goes wrong is given as JSON; it prints its port as the first line.
 */
const trouble = JSON.parse(process.argv[2] ?? '{}') as VendorTrouble;
const old = '2020-01-01T00:00:00.000Z';
const recent = new Date().toISOString();
const random = createRandom(20261121);
const calls: LedgerCall[] = [];
const deleted = new Set<string>();
const token = {
  access_token: 'bench-access-token',
  refresh_token: 'bench-refresh-token',
  token_type: 'Bearer',
  expires_in: 1_209_599,
};

let second = 0;
let inSecond = 0;

/** Whether this call is one too many in its second. */
function isTooMany(): boolean {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) inSecond = 0;
  second = now;
  inSecond += 1;
  return trouble.perSecond !== undefined && inSecond > trouble.perSecond;
}

function person(id: string) {
  const n = Number(id.slice(2));
  const name = { displayName: `Person ${n}`, firstName: 'Person', lastName: String(n) };
  return { id, emails: [`person${n}@acme.test`], ...name, lastActivity: n % 2 === 0 ? recent : old };
}

/** Whose login it is: nobody of the company. */
const me = {
  id: 'admin',
  emails: ['admin@acme.test'],
  displayName: 'Admin',
  roles: [],
  lastActivity: recent,
};

/** As Webex words a refusal: without its tracking id, an answer could be any proxy's. */
const said = (message: string) => ({ message, errors: [{ description: message }], trackingId: 'ROUTER_1' });

interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

function decide(method: string, id: string): Reply {
  if (isTooMany()) return { status: 429, body: said('Too many requests.'), headers: { 'retry-after': '1' } };
  if (random.whole(1, 100) <= (trouble.flakyPercent ?? 0))
    return { status: 503, body: said('Service unavailable.') };
  if (deleted.has(id)) return { status: 404, body: said('Person not found.') };
  if (method !== 'DELETE') return { status: 200, body: person(id) };
  deleted.add(id);
  return { status: 204 };
}

const server = createServer((request, response) => {
  const { url = '/', method = '' } = request;
  request.resume();
  const send = ({ status, body, headers }: Reply): void => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(status, { ...type, ...headers }).end(body === undefined ? '' : JSON.stringify(body));
  };
  const id = /^\/v1\/people\/(p-\d+)$/.exec(url)?.[1];
  const after = /^\/_ledger(?:\?after=(\d+))?$/.exec(url);
  if (id !== undefined) {
    const at = Date.now();
    setTimeout(() => {
      const reply = decide(method, id);
      // Written down before it is answered: what the caller never hears has still happened.
      calls.push({ at, method, person: id, status: reply.status, isPerformed: reply.status === 204 });
      send(reply);
    }, trouble.latencyMs ?? 0);
  } else if (after) send({ status: 200, body: { calls: calls.slice(Number(after[1] ?? 0)) } });
  else if (url.startsWith('/v1/people/me')) send({ status: 200, body: me });
  else if (url === '/_count') send({ status: 200, body: { count: calls.length } });
  else send({ status: 200, body: method === 'POST' ? token : { items: [] } });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' && address ? address.port : 0);
