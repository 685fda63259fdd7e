import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Socket } from 'node:net';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { WebSocket as NodeSocket } from 'ws';
import { type Run, type RunDetails, runsPage } from '#contract';
import { api } from '../../../web/api/client.ts';
import { keepFresh } from '../../../web/api/live-lists.ts';
import { runQuery, takeRunNews } from '../../../web/api/run-query.ts';
import { LiveSocket } from '../../../web/api/socket.ts';

/** What a browser shows of one server, kept by the product's own cache and socket. */
export interface Screen {
  /** Shows the page of a run in place of the one before. */
  open(runId: string): void;
  run(): RunDetails | undefined;
  list(): Run[];
  /** Calls back with every change of what is shown, until the answered function is called. */
  onChange(look: () => void): () => void;
  close(): void;
}

/** A list of runs and the page of one, as our pages ask for them. `wsUrl` may lead through somebody who drops it. */
export function openScreen(wsUrl: string, cookie: string, origin: string): Screen {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 15_000 } } });
  const socket = new LiveSocket(wsUrl, {
    open(url) {
      const wire = new NodeSocket(url, { headers: { cookie, origin } });
      // As in a browser, where nothing but the end of the connection follows from it.
      wire.on('error', () => undefined);
      return wire as unknown as WebSocket;
    },
    waitMs: () => 0,
  });
  keepFresh(socket, client);
  socket.open();
  const looks = new Set<() => void>();
  const changed = (): void => {
    for (const look of looks) look();
  };
  const list = new QueryObserver(client, {
    queryKey: ['runs', 'list', {}],
    queryFn: ({ signal }) => api.get('/runs', { query: { limit: 20 }, schema: runsPage, signal }),
  });
  const endings = [list.subscribe(changed)];
  let shown: { observer: QueryObserver<RunDetails>; end(): void } | undefined;

  return {
    open(runId) {
      shown?.end();
      const observer = new QueryObserver(
        client,
        runQuery(client, runId) as never,
      ) as QueryObserver<RunDetails>;
      const ends = [
        observer.subscribe(changed),
        socket.subscribe(`run:${runId}`, (message) => takeRunNews(client, runId, message)),
      ];
      shown = { observer, end: () => void ends.map((end) => end()) };
    },
    run: () => shown?.observer.getCurrentResult().data,
    list: () => list.getCurrentResult().data?.items ?? [],
    onChange(look) {
      looks.add(look);
      return () => looks.delete(look);
    },
    close() {
      shown?.end();
      for (const end of endings) end();
      socket.close();
      client.clear();
    },
  };
}

/** Passes every byte on until it is told to cut all connections, in the middle of whatever they say. */
export async function startCutter(port: number): Promise<{ port: number; cut(): number; close(): void }> {
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((near) => {
    const far = dial(port, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near]] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      const { size } = pairs;
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      return size;
    },
    close() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
    },
  };
}
