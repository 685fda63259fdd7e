import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { imitatedVendors, startOnFreePort } from '../../server/sandbox/imitated-vendors.ts';
import { startedAt } from './open-sandbox.ts';

interface Person {
  email?: string;
  emails?: string[];
  user?: { email: string };
}

async function open(id: string) {
  const vendor = imitatedVendors.find((one) => one.id === id)!;
  const sandbox = await vendor.start({ now: () => startedAt, peopleCount: 300 });
  onTestFinished(() => sandbox.close());
  return { ...vendor, ...sandbox };
}

const addressOf = (person: Person) =>
  (person.email ?? person.emails?.[0] ?? person.user?.email ?? '').toLowerCase();

describe('the imitated vendors', () => {
  it('share a company: the people by name are everywhere, most others in some, a few only in one', async () => {
    const lists: Set<string>[] = [];
    for (const { id } of imitatedVendors) {
      const people = (await open(id)).people() as Person[];
      lists.push(new Set(people.map(addressOf)));
    }

    for (const name of ['ada', 'grace', 'linus', 'it-admin', 'hedy']) {
      expect(lists.every((list) => list.has(`${name}@acme.test`))).toBe(true);
    }
    const counts = [...new Set(lists.flatMap((list) => [...list]))].map(
      (email) => lists.filter((list) => list.has(email)).length,
    );
    for (const count of [1, 2, 3, 4, 5])
      expect(counts.filter((one) => one === count).length).toBeGreaterThan(5);
  });

  it.each(imitatedVendors.map(({ id }) => id))('%s has the same control surface', async (id) => {
    const { url, title, accessAt } = await open(id);
    const { baseUrl } = accessAt(url);
    const at = (path: string, method = 'GET', body?: unknown) =>
      fetch(`${url}/_sandbox${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });

    const token = (await (await at('/tokens', 'POST')).json()) as { access_token: string };
    await at('/faults', 'POST', { match: { pathPrefix: new URL(baseUrl).pathname }, status: 503 });
    const faulty = await fetch(`${baseUrl}/somewhere`);
    const people = (await (await at('/people')).json()) as { people: unknown[] };
    const ledger = (await (await at('/ledger')).json()) as { calls: { path: string; status: number }[] };
    const page = await (await at('')).text();

    expect(token.access_token).toMatch(/\S{10}/);
    expect(people.people.length).toBeGreaterThan(20);
    expect(faulty.status).toBe(503);
    expect(ledger.calls).toMatchObject([{ method: 'GET', status: 503, performed: null }]);
    expect(page).toContain(`Sandbox: an imitation of ${title}`);
  });
});

describe('a free port', () => {
  it('is the first one that nothing listens on', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };

    const sandbox = await startOnFreePort(port, (free) => imitatedVendors[3]!.start({ port: free }));
    onTestFinished(() => sandbox.close());

    expect(Number(new URL(sandbox.url).port)).toBeGreaterThan(port);
  });
});
