import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type Dispatcher, Pool } from 'undici';
import { type EgressRules, guardedConnector } from './egress.ts';
import { openPlace, type Place, smallAnswerBytes } from './large-answers.ts';

export const maxAnswerBytes = 10 * 1024 * 1024;
const maxHeaderBytes = 64 * 1024;

/** A request that passed every check. */
export interface Dispatch {
  path: string;
  method: string;
  /** Names and values in turn. */
  headers: string[];
  body: string | null;
  /** From the start of sending to the last byte of the answer, without the wait for a place for a large one. */
  timeoutMs: number;
}

export type Answer =
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: string; isTooLarge: boolean }
  /** Nothing was written to a socket. */
  | { kind: 'not_sent'; reason: string }
  | { kind: 'no_answer'; reason: string };

/** Kept-alive connections to one origin. No redirects, no cookies, no cache. */
export interface Line {
  /** Always waits for the answer or the time-out: giving a call up half-way would make its outcome unknown. */
  send(request: Dispatch): Promise<Answer>;
  close(): Promise<void>;
}

export function openLine(origin: string, connections: number, rules: EgressRules): Line {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: maxHeaderBytes,
    // One timer of our own covers the whole call.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: guardedConnector(rules),
  });
  return {
    send: (request) => sendOnce(pool, openPlace(origin), request),
    close: () => pool.destroy(),
  };
}

/**
 * `onRequestStart` comes right before the first byte is written, so an end before it proves that nothing was sent,
 * and an end after it proves nothing.
 */
function sendOnce(pool: Pool, place: Place, request: Dispatch): Promise<Answer> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let isOver = false;
    let status = 0;
    let headers: Record<string, string> = {};
    let size = 0;
    const chunks: Buffer[] = [];

    const finish = (answer: Answer | Promise<Answer>) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      resolve(answer);
      void Promise.resolve(answer).finally(place.leave);
    };
    const giveUp = (reason: string) => {
      finish({ kind: controller === undefined ? 'not_sent' : 'no_answer', reason });
      controller?.abort(new Error(reason));
    };
    let timer: NodeJS.Timeout;
    let leftMs = request.timeoutMs;
    let countsSince = 0;
    const count = () => {
      countsSince = performance.now();
      timer = setTimeout(
        () => giveUp(`there was no answer within ${request.timeoutMs / 1000} seconds`),
        Math.max(1, leftMs),
      );
    };
    count();
    /** The vendor is not read on, and its time stands still, until there is a place for the rest. */
    const waitForPlace = (answering: Dispatcher.DispatchController) => {
      clearTimeout(timer);
      leftMs -= performance.now() - countsSince;
      answering.pause();
      place.take(() => {
        if (isOver) return;
        count();
        answering.resume();
      });
    };

    const { path, method, headers: sent, body } = request;
    const options = { path, method, headers: sent, body } as Dispatcher.DispatchOptions;
    try {
      pool.dispatch(options, {
        onRequestStart(started) {
          // Given up while it waited for a connection: it must not leave any more.
          if (isOver) return started.abort(new Error('given up'));
          controller = started;
        },
        onResponseStart(_, statusCode, found) {
          if (statusCode < 200) return;
          status = statusCode;
          headers = toHeaders(found);
        },
        onResponseData(answering, chunk) {
          size += chunk.length;
          if (size <= maxAnswerBytes) {
            chunks.push(chunk);
            if (size > smallAnswerBytes && !place.isWanted()) waitForPlace(answering);
            return;
          }
          finish({ kind: 'answered', status, headers, body: '', isTooLarge: true });
          controller?.abort(new Error('too large'));
        },
        onResponseEnd() {
          finish(toAnswer(status, headers, chunks, place));
        },
        onResponseError(_, error) {
          finish({ kind: controller === undefined ? 'not_sent' : 'no_answer', reason: reasonOf(error) });
        },
      });
    } catch (error) {
      finish({ kind: 'not_sent', reason: reasonOf(error) });
    }
  });
}

function toHeaders(found: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in found) {
    const value = found[name];
    if (value !== undefined)
      headers[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

const decoders: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

function toAnswer(
  status: number,
  headers: Record<string, string>,
  chunks: Buffer[],
  place: Place,
): Answer | Promise<Answer> {
  const first = chunks[0];
  const bytes = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === '' || encoding === 'identity' || bytes.length === 0) {
    return { kind: 'answered', status, headers, body: toText(bytes), isTooLarge: false };
  }
  return decompress(status, headers, bytes, encoding.toLowerCase(), place);
}

/** One layer only; nobody asked for any, but some servers compress unasked. */
async function decompress(
  status: number,
  headers: Record<string, string>,
  bytes: Buffer,
  encoding: string,
  place: Place,
): Promise<Answer> {
  const decode = decoders[encoding];
  if (!decode)
    return { kind: 'no_answer', reason: `the answer is encoded as "${encoding}", which cannot be read` };
  const most = place.isWanted() ? maxAnswerBytes : smallAnswerBytes;
  try {
    const body = toText(await decode(bytes, { maxOutputLength: most }));
    return { kind: 'answered', status, headers, body, isTooLarge: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      if (most === maxAnswerBytes) return { kind: 'answered', status, headers, body: '', isTooLarge: true };
      await new Promise<void>((enter) => place.take(enter));
      return decompress(status, headers, bytes, encoding, place);
    }
    return { kind: 'no_answer', reason: `the compressed answer (${encoding}) is damaged` };
  }
}

/** JSON is UTF-8, whatever a header says. Bytes that cannot be UTF-8 come from systems that write as old Windows does. */
function toText(bytes: Buffer): string {
  if (!isUtf8(bytes)) return oldWindows.decode(bytes);
  const hasMark = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', hasMark ? 3 : 0);
}

const oldWindows = new TextDecoder('windows-1252');

const reasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the name of the host is unknown',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 seconds',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are over 64 KB',
  CERT_HAS_EXPIRED: 'the certificate of the host has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the host is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another host',
};

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && reasons[code] !== undefined) return reasons[code];
  const message = error instanceof Error ? error.message : String(error);
  return message === '' ? (code ?? 'an unknown fault') : message.replace(/\.$/, '');
}
