import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { isAllowableAddress, isPublicAddress } from './address.ts';

/** Resolves a name to all its addresses, as `dns.lookup` does with `all: true`. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Where this server may send to. An absent entry means no. */
export interface EgressRules {
  /** `host:port` of private places that vendors may live on; asked anew for each connection. */
  isAllowed(hostAndPort: string): boolean;
  lookup: Lookup;
  /** Why nothing at all may be sent now; null where it may. */
  closedBy?: (() => string | null) | undefined;
}

/** Why a URL is refused, as a sentence that says what to do. */
export interface Refusal {
  reason: string;
}

const connectTimeoutMs = 10_000;
const maxUrlLength = 8_192;

/**
 * Reads a URL that something will be sent to, and refuses every spelling that two programs could read differently.
 * Which hosts a credential may be sent to is checked by the caller.
 */
export function checkUrl(text: string, rules: Pick<EgressRules, 'isAllowed' | 'closedBy'>): URL | Refusal {
  const closed = rules.closedBy?.() ?? null;
  if (closed !== null) return { reason: closed };
  const problem = spellingProblem(text);
  if (problem !== undefined) return { reason: problem };

  const url = URL.parse(text);
  if (url === null) return { reason: 'The URL cannot be read. Write it like https://host/path.' };
  const written = text.slice(text.indexOf('//') + 2).split(/[/?]/, 1)[0] ?? '';
  if (written.includes('@')) return { reason: 'The URL holds a user name. Take the part before @ out.' };
  if (written.includes('%')) return { reason: 'The host of the URL is percent-encoded. Write it plainly.' };
  if (url.hostname.endsWith('.')) return { reason: 'The host of the URL ends with a dot. Take it out.' };

  const bare = url.hostname.replace(/^\[|\]$/g, '');
  const isLiteral = isIP(bare) !== 0;
  if (isLiteral && written.toLowerCase().replace(/:\d+$/, '') !== url.hostname) {
    return { reason: `The URL writes its address in an unusual way. Write it as ${url.hostname}.` };
  }
  const isAllowed = rules.isAllowed(placeOf(url));
  if (url.protocol === 'http:' && !isAllowed) {
    return { reason: `${url.host} may not be called without encryption. Use https.` };
  }
  if (isLiteral && !mayDial(bare, isAllowed)) return { reason: privateReason(url.host) };
  if (isAllowed) return url;
  if (!isLiteral && isPrivateName(url.hostname)) return { reason: privateNameReason(url.host) };
  if (url.port !== '' && Number(url.port) < firstFreePort) {
    return {
      reason: `Port ${url.port} belongs to something else than web servers. Use 443, or one from 1024 on.`,
    };
  }
  return url;
}

/** Below it, ports are given to certain services; a web server has 443. */
const firstFreePort = 1024;

/** Ends that no name of the internet has (RFC 6761, 6762, 7686, 8375, and what ICANN keeps free for private use). */
const privateEnds = new Set(
  'localhost local localdomain internal intranet private corp home lan arpa onion'.split(' '),
);

/** Whether a name means something on this machine or in this network only: `localhost`, `db`, `metadata.google.internal`. */
function isPrivateName(hostname: string): boolean {
  const labels = hostname.split('.');
  return labels.length === 1 || privateEnds.has(labels.at(-1) ?? '');
}

/** `host:port` of a URL, with the port also where it is the usual one. */
export function placeOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;
}

/** Opens sockets only to addresses that the rules allow: the checked address is the one that is dialled. */
export function guardedConnector(rules: EgressRules): buildConnector.connector {
  const connectorOf = (isAllowed: boolean) =>
    buildConnector({
      timeout: connectTimeoutMs,
      allowH2: false,
      lookup: guardedLookup(rules.lookup, isAllowed),
    });
  const [toPublic, toAllowed] = [connectorOf(false), connectorOf(true)];

  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const name = isIP(host) === 6 ? `[${host}]` : host;
    const isAllowed = rules.isAllowed(
      `${name}:${options.port || (options.protocol === 'http:' ? '80' : '443')}`,
    );
    // A lookup is never asked about a literal, so it is checked here.
    if (isIP(host) !== 0 && !mayDial(host, isAllowed)) return callback(new Error(privateReason(name)), null);

    const connect = isAllowed ? toAllowed : toPublic;
    connect(options, (error, socket) => {
      if (error !== null) return callback(error, null);
      const peer = socket.remoteAddress;
      if (peer !== undefined && mayDial(peer, isAllowed)) return callback(null, socket);
      socket.destroy();
      callback(new Error(privateReason(name)), null);
    });
  };
}

/** Gives all addresses of a name, or an error when one of them must not be dialled. */
function guardedLookup(lookup: Lookup, isAllowed: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const [first] = addresses;
      if (first === undefined) return callback(new Error(`${hostname} has no address.`), '', 0);
      if (!addresses.every(({ address }) => mayDial(address, isAllowed))) {
        return callback(new Error(privateReason(hostname)), '', 0);
      }
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

const mayDial = (address: string, isAllowed: boolean): boolean =>
  isPublicAddress(address) || (isAllowed && isAllowableAddress(address));

const privateReason = (host: string): string =>
  `${host} is not a public address. An administrator can allow it with ROLLCALL_ALLOW_HOSTS (host:port)`;

const privateNameReason = (host: string): string =>
  `${host} is a name of a private network. An administrator can allow it with ROLLCALL_ALLOW_HOSTS (host:port)`;

function spellingProblem(text: string): string | undefined {
  if (text.length > maxUrlLength)
    return `The URL is longer than ${maxUrlLength} characters. Send less in it.`;
  if (text.includes('\\')) return 'The URL holds a backslash. Use slashes, or %5C within a value.';
  if (text.includes('#')) return 'The URL holds a fragment. Take the part from # on out, or write %23.';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x7f)
      return 'The URL holds a space or a control character. Percent-encode it.';
  }
  if (!/^https?:\/\/[^/?]/i.test(text)) return 'The URL must start with https:// and a host.';

  const query = text.indexOf('?');
  const path = query === -1 ? text : text.slice(0, query);
  const hasDots = path.includes('/.') || /\/%2e/i.test(path);
  if (hasDots && path.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) {
    return 'The path of the URL holds "." or "..". Write it out.';
  }
  return undefined;
}
