import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { LedgerEntry } from './ledger.ts';

const json = 'content-type: application/json\r\n';
const answer = (head: string, headers = '', body = ''): string =>
  `HTTP/1.1 ${head}\r\n${headers}content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;

const dribbleMs = 50;

/** Answers from which nobody can tell what became of a call. */
export const unclearAnswers: Readonly<Record<string, (socket: Socket) => void>> = {
  'a reset': (socket) => socket.resetAndDestroy(),
  'an end without an answer': (socket) => socket.end(),
  silence: () => {},
  'half a status line': (socket) => socket.end('HTTP/1.1 2'),
  'something that is no HTTP': (socket) => socket.end('done\r\n\r\n'),
  'an interim answer only': (socket) => socket.end('HTTP/1.1 102 Processing\r\n\r\n'),
  'a body that is cut off': (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\n${json}content-length: 500\r\n\r\n{"id":`),
  'a body that comes byte by byte for ever': dribble,
  'status 500': (socket) => socket.end(answer('500 Internal Server Error')),
  'status 502': (socket) => socket.end(answer('502 Bad Gateway')),
  'status 503': (socket) => socket.end(answer('503 Service Unavailable')),
  'status 504': (socket) => socket.end(answer('504 Gateway Timeout')),
  'status 408': (socket) => socket.end(answer('408 Request Timeout')),
  'a redirect': (socket) => socket.end(answer('302 Found', 'location: /login\r\n')),
  'a login page': (socket) => socket.end(answer('200 OK', 'content-type: text/html\r\n', '<html>')),
  'broken JSON': (socket) => socket.end(answer('200 OK', json, '{"id":')),
  'damaged compression': (socket) =>
    socket.end(answer('200 OK', `${json}content-encoding: gzip\r\n`, 'gzip?')),
  'an answer of 11 MB': (socket) => socket.end(answer('200 OK', json, `"${'x'.repeat(11 * 1024 * 1024)}"`)),
};

function dribble(socket: Socket): void {
  socket.write(`HTTP/1.1 200 OK\r\n${json}content-length: 1000000\r\n\r\n`);
  const timer = setInterval(() => socket.write(' '), dribbleMs);
  socket.on('close', () => clearInterval(timer));
}

export interface WildVendor {
  url: string;
  host: string;
  entries: LedgerEntry[];
  close(): void;
}

/**
 * A vendor on a real socket with a ledger. The first change of each person is answered unclearly, in a way and with or
 * without being done as `fate` says; everything else it answers properly.
 */
export async function startWildVendor(
  fate: (person: string) => { isPerformed: boolean; reply: (socket: Socket) => void },
): Promise<WildVendor> {
  const entries: LedgerEntry[] = [];
  const touched = new Set<string>();
  const gone = new Set<string>();
  const sockets = new Set<Socket>();

  function take(socket: Socket, method: string, url: string, body: string | null): void {
    const person = /\bp\d+\b/.exec(`${url} ${body ?? ''}`)?.[0] ?? '';
    const isThere = !gone.has(person);
    const note = (status: number, isPerformed: boolean): void => {
      entries.push({ n: entries.length + 1, at: Date.now(), method, url, body, status, isPerformed });
      if (isPerformed && method === 'DELETE') gone.add(person);
    };
    if (method !== 'GET' && !touched.has(person)) {
      touched.add(person);
      const { isPerformed, reply } = fate(person);
      note(0, isPerformed);
      reply(socket);
    } else if (!isThere) {
      note(404, false);
      socket.end(answer('404 Not Found', json, '{"message":"Person not found.","trackingId":"ROUTER_1"}'));
    } else if (method === 'DELETE') {
      note(204, true);
      socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n');
    } else {
      note(200, method !== 'GET');
      const found = { id: `wx-${person}`, emails: [`${person}@acme.test`] };
      socket.end(answer('200 OK', json, JSON.stringify(found)));
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let received = '';
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      const [head = '', body] = received.split('\r\n\r\n', 2);
      if (body === undefined) return;
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (body.length < length) return;
      received = '';
      const [method = '', url = ''] = head.split(' ');
      take(socket, method, url, length === 0 ? null : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    entries,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
