import { createInterface } from 'node:readline';
import { newId } from '#domain/ids';
import type { CredentialStore } from '#engine/credential-ports';
import { vendors } from '#presets';
import { systemClock } from '../../server/clock.ts';
import { createCredentialStore } from '../../server/store/credentials.ts';
import { openDatabase } from '../../server/store/database.ts';
import { createOutbound } from '../../server/vendors/outbound.ts';
import { createVault } from '../../server/vendors/vault.ts';

/** What one process of `startCaller` does, given as JSON. */
export interface CallerOptions {
  file: string;
  key: string;
  host: string;
  credentialId: string;
  calls: number;
  /** How far this process's clock is ahead, so that nobody waits for a dead one. */
  aheadMs: number;
  /** Where it halts for good, to be killed. */
  haltAt: HaltingPoint | null;
}

export type HaltingPoint = 'taken' | 'answered' | 'saved';

// A process of its own: it says `ready`, and for every line sends its calls at once and prints what came back.
const options = JSON.parse(process.argv[2] ?? '') as CallerOptions;
const clock = { ...systemClock, now: () => systemClock.now() + options.aheadMs };
const outbound = createOutbound({
  store: halting(createCredentialStore(openDatabase(options.file))),
  vault: createVault(Buffer.from(options.key, 'hex')),
  vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
  clock,
  newId,
  events: { listChanged: () => undefined },
  publicUrl: () => 'http://127.0.0.1:8080',
  isAllowed: (place) => place === options.host,
  concurrency: options.calls,
});

print('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  const sent = await Promise.all(Array.from({ length: options.calls }, callOnce));
  print(JSON.stringify(sent));
}
await outbound.close();
process.exit(0);

async function callOnce(): Promise<number | string> {
  const { reply } = await outbound.client.send(
    {
      credential: { id: options.credentialId },
      class: 'read',
      method: 'GET',
      url: '/people/me',
      headers: {},
      body: null,
      timeoutMs: 20_000,
    },
    new AbortController().signal,
  );
  return reply.kind === 'answered' ? reply.status : reply.reason;
}

function halting(store: CredentialStore): CredentialStore {
  const halt = (at: HaltingPoint): Promise<void> => {
    if (options.haltAt !== at) return Promise.resolve();
    print(at);
    return new Promise(() => undefined);
  };
  return {
    ...store,
    async takeRefresh(...args) {
      const isTaken = await store.takeRefresh(...args);
      await halt('taken');
      return isTaken;
    },
    async saveTokens(...args) {
      await halt('answered');
      const isSaved = await store.saveTokens(...args);
      await halt('saved');
      return isSaved;
    },
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
