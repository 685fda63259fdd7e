import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../server/store/database.ts';
import type { CallerOptions } from '../../support/refresh-process.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { connectOutbound, masterKey } from '../world/outbound.ts';

const script = fileURLToPath(new URL('../../support/refresh-process.ts', import.meta.url));
const callersEach = 25;

/**
 * R8: 50 callers in two processes whose token the vendor has taken back, with a refresh token that works once. Each
 * round must make one request for tokens and 50 successes.
 */
export async function refresh(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const vendor = await startTokenVendor();
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-torture-'));
  const file = join(folder, 'rollcall.db');
  const database = openDatabase(file);
  const outbound = await connectOutbound(database, vendor.host, 'refresh-1');
  const found: string[] = [];
  const callers = await Promise.all([1, 2].map(() => startCaller(file, vendor.host, outbound.credentialId)));
  try {
    for (let round = 1; round <= rounds; round += 1) {
      vendor.takeBack();
      for (const caller of callers) caller.go();
      const results = (await Promise.all(callers.map((caller) => caller.results()))).flat();
      const successes = results.filter((result) => result === 200).length;
      const { tokenCalls } = vendor.counts();
      if (successes !== callersEach * 2)
        found.push(`round ${round}: ${successes} of ${callersEach * 2} calls succeeded.`);
      if (tokenCalls !== 1)
        found.push(`round ${round}: the vendor was asked for tokens ${tokenCalls} times.`);
      if (round % 100 === 0) tell(`${round} of ${rounds} rounds`);
    }
  } finally {
    await Promise.all(callers.map((caller) => caller.end()));
    await outbound.close();
    database.$client.close();
    vendor.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const sentence = `${rounds} rounds of 50 callers in 2 processes: ${found.length} without exactly one request for tokens and 50 successes`;
  return toFigure('R8', sentence, found);
}

/** Every token of it has a number; only the newest is good, and a refresh token works once. */
async function startTokenVendor() {
  let newest = 1;
  let isTakenBack = false;
  let tokenCalls = 0;
  const send = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const take = ({ url, headers }: IncomingMessage, body: string, response: ServerResponse): void => {
    if (url !== '/v1/access_token') {
      const isGood = !isTakenBack && headers.authorization === `Bearer access-${newest}`;
      send(response, isGood ? 200 : 401, {});
      return;
    }
    tokenCalls += 1;
    if (new URLSearchParams(body).get('refresh_token') !== `refresh-${newest}`) {
      send(response, 400, { error: 'invalid_grant' });
      return;
    }
    newest += 1;
    isTakenBack = false;
    const tokens = { access_token: `access-${newest}`, refresh_token: `refresh-${newest}` };
    send(response, 200, { ...tokens, expires_in: 86_400 });
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => take(request, body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeBack() {
      isTakenBack = true;
      tokenCalls = 0;
    },
    counts: () => ({ tokenCalls }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A process of its own on the same database file, which sends its calls as often as it is told to. */
async function startCaller(file: string, host: string, credentialId: string) {
  const key = Buffer.from(masterKey).toString('hex');
  const common = { aheadMs: 0, haltAt: null, calls: callersEach };
  const options: CallerOptions = { file, key, host, credentialId, ...common };
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => String((await lines.next()).value);
  if ((await nextLine()) !== 'ready') throw new Error('The calling process did not start.');
  return {
    go: () => child.stdin.write('go\n'),
    results: async () => JSON.parse(await nextLine()) as (number | string)[],
    async end() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
