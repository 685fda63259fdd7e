import type { Credential } from '#domain/credential';
import { masked } from '#domain/mask';
import type { AuthMethod } from '#domain/vendor';
import { webhookPath } from '#domain/webhook';

/** What a credential adds to each of its calls. */
export interface Signature {
  /** `path`: it takes the place of the whole path. */
  in: 'header' | 'query' | 'path';
  name: string;
  /** In a query, percent-encoded. */
  value: string;
  /** What is kept of the value. */
  shown: string;
}

/** How a token, key or password goes on a call. Null when the vendor does not say how. */
export function signatureOf(
  { kind, inputs }: Pick<Credential, 'kind' | 'inputs'>,
  method: AuthMethod | undefined,
  secret: string,
): Signature | null {
  if (kind === 'api-key') {
    if (method?.kind !== 'api-key') return null;
    const value = method.in === 'query' ? encodeURIComponent(secret) : secret;
    return { in: method.in, name: method.name, value, shown: masked };
  }
  if (kind === 'webhook-url')
    return { in: 'path', name: '', value: webhookPath(secret), shown: `/${masked}` };
  if (kind !== 'basic') return authorization('Bearer', secret);
  return authorization('Basic', Buffer.from(`${inputs.username ?? ''}:${secret}`).toString('base64'));
}

function authorization(scheme: string, value: string): Signature {
  return { in: 'header', name: 'authorization', value: `${scheme} ${value}`, shown: `${scheme} ${masked}` };
}

/** A path or URL with the key in its query, in place of one that is there already: a link to the next page may repeat it. */
export function withKey(path: string, name: string, value: string): string {
  const [place = '', query = ''] = path.split(/\?(.*)/s);
  const others = query.split('&').filter((part) => part !== '' && nameOf(part) !== name);
  return `${place}?${[...others, `${encodeURIComponent(name)}=${value}`].join('&')}`;
}

const nameOf = (part: string): string | undefined => [...new URLSearchParams(part).keys()][0];
