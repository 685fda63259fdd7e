import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { onTestFinished } from 'vitest';

/** A user or a group as the server keeps it. */
export interface Kept {
  id: string;
  [attribute: string]: unknown;
}

export interface ScimServer {
  url: string;
  token: string;
  users: Map<string, Kept>;
  groups: Map<string, Kept & { members?: { value: string }[] }>;
  /** Requests so far, such as `GET /Users`. */
  calls: string[];
  /** The next request ends like this. */
  fail(fault: { status: number; headers?: Record<string, string>; body?: unknown }): void;
}

const people = [
  ['ada', 'Ada', 'Lovelace'],
  ['grace', 'Grace', 'Hopper'],
  ['linus', 'Linus', 'Tornberg'],
  ['margaret', 'Margaret', 'Hamilton'],
  ['katherine', 'Katherine', 'Johnson'],
  ['alan', 'Alan', 'Turing'],
  ['hedy', 'Hedy', 'Lamarr'],
] as const;

const token = 'scim-token-of-this-test';

/**
 * A SCIM 2.0 server that is not ours: SCIMMY speaks the protocol, reads filters and applies patches; only where things
 * are kept is from here. It knows one organisation for the whole process, so it is opened once in a test file.
 */
export async function openScimServer(count = 40): Promise<ScimServer> {
  const users = new Map<string, Kept>();
  const groups: ScimServer['groups'] = new Map();
  const calls: string[] = [];
  const faults: Parameters<ScimServer['fail']>[0][] = [];
  let last = 0;
  const newId = () => `2819c223-7f76-453a-919d-${String(++last).padStart(12, '0')}`;

  for (let at = 0; at < count; at += 1) {
    const [name, givenName, familyName] = people[at % people.length] ?? people[0];
    const userName = `${name}${at < people.length ? '' : at}@acme.test`;
    const id = newId();
    users.set(id, {
      id,
      userName,
      name: { givenName, familyName },
      displayName: `${givenName} ${familyName}`,
      emails: [{ value: userName, type: 'work', primary: true }],
      active: at % 6 !== 5,
      userType: 'Employee',
    });
  }
  for (const displayName of ['Research', 'Administrators']) {
    const id = newId();
    groups.set(id, { id, displayName, members: [...users.keys()].slice(3, 6).map((value) => ({ value })) });
  }
  const groupsOf = (id: string) =>
    [...groups.values()]
      .filter(({ members = [] }) => members.some(({ value }) => value === id))
      .map((group) => ({ value: group.id, display: String(group.displayName) }));

  declare(
    SCIMMY.Resources.User,
    users,
    newId,
    (user) => ({ ...user, groups: groupsOf(user.id) }),
    'userName',
  );
  declare(SCIMMY.Resources.Group, groups, newId, (group) => group);

  const app = express();
  app.use('/scim', (request, response, next) => {
    calls.push(`${request.method} ${request.path}`);
    // SCIMMY 1.3 pages by numbers only, and a query holds texts.
    const query = Object.entries(request.query).map(([name, value]) => [name, toNumber(value)]);
    Object.defineProperty(request, 'query', { value: Object.fromEntries(query) });
    const fault = faults.shift();
    if (!fault) return next();
    const { status, headers = {}, body } = fault;
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    const words = { schemas, status: String(status), detail: `Injected fault: ${status}.` };
    response
      .status(status)
      .set(headers)
      .type('application/scim+json')
      .send(body ?? words);
  });
  const handler = (request: express.Request) => {
    if (request.header('authorization') !== `Bearer ${token}`) throw new Error('The token is wrong.');
    return 'operator';
  };
  app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler }) as unknown as express.RequestHandler);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/scim`,
    token,
    users,
    groups,
    calls,
    fail: (fault) => void faults.push(fault),
  };
}

const toNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

// biome-ignore lint/suspicious/noExplicitAny: SCIMMY's types differ for each kind of resource.
type Loose = any;

function declare(
  type: Loose,
  kept: Map<string, Kept>,
  newId: () => string,
  show: (one: Kept) => object,
  unique?: string,
): void {
  const find = (id: string): Kept => {
    const one = kept.get(id);
    if (!one) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
    return one;
  };
  if (!SCIMMY.Resources.declared(type)) SCIMMY.Resources.declare(type, {});
  type.ingress((resource: Loose, instance: Loose) => {
    const same = unique && [...kept.values()].find((one) => one[unique] === instance[unique]);
    if (same && same.id !== resource.id)
      throw new SCIMMY.Types.Error(409, 'uniqueness', `${instance[unique]} is taken.`);
    const id = resource.id ? find(resource.id).id : newId();
    const { groups: _groups, meta: _meta, schemas: _schemas, ...rest } = JSON.parse(JSON.stringify(instance));
    kept.set(id, { ...rest, id });
    return show(kept.get(id) as Kept);
  });
  type.egress((resource: Loose) => {
    if (resource.id) return show(find(resource.id));
    const all = [...kept.values()].map(show);
    return resource.filter ? resource.filter.match(all) : all;
  });
  type.degress((resource: Loose) => void kept.delete(find(resource.id).id));
}
