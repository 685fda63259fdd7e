import { Pool } from 'undici';

/**
 * The least that a load can be: a process that reads every page of the list, parses it and keeps nothing. Prints how
 * many milliseconds that took, first cold and then warm.
 */
const pool = new Pool(process.argv[2] ?? '', { connections: 1, pipelining: 1 });
const headers = { authorization: 'Bearer bench-access-token' };

async function readPage(path: string): Promise<{ link: string; items: unknown[] }> {
  const page = await pool.request({ method: 'GET', path, headers });
  const { items } = (await page.body.json()) as { items: unknown[] };
  return { link: String(page.headers.link ?? ''), items };
}

async function readAll(): Promise<{ ms: number; people: number }> {
  const startedAt = performance.now();
  let people = 0;
  let path: string | undefined = '/v1/people?max=100';
  while (path !== undefined) {
    const { link, items } = await readPage(path);
    people += items.length;
    const next = /<[^>]*(\/v1\/[^>]*)>; rel="next"/.exec(link)?.[1];
    path = next && `${next}&max=100`;
  }
  return { ms: performance.now() - startedAt, people };
}

const cold = await readAll();
const warm = await readAll();
await pool.close();
console.log(JSON.stringify({ people: warm.people, coldMs: cold.ms, warmMs: warm.ms }));
