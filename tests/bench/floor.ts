import { Pool } from 'undici';

/** The same calls with the same concurrency and nothing kept: what no engine can be faster than. Returns milliseconds. */
export async function runFloor(origin: string, people: number, inFlight: number): Promise<number> {
  const pool = new Pool(origin, { connections: inFlight, pipelining: 1 });
  const headers = { authorization: 'Bearer bench-access-token' };
  const limit = Date.now() - 90 * 24 * 60 * 60 * 1000;
  let next = 0;

  async function lead(): Promise<void> {
    while (next < people) {
      const id = next;
      next += 1;
      const found = await pool.request({ method: 'GET', path: `/v1/people/p-${id}`, headers });
      const person = (await found.body.json()) as { lastActivity: string };
      if (Date.parse(person.lastActivity) > limit) continue;
      const removed = await pool.request({ method: 'DELETE', path: `/v1/people/p-${id}`, headers });
      await removed.body.dump();
    }
  }

  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lead));
  const ms = performance.now() - startedAt;
  await pool.close();
  return ms;
}
