export type WebexKind = 'PEOPLE' | 'ORGANIZATION' | 'ROLE' | 'LICENSE';

const opening = 'ciscospark://us/';

/** Webex's public ids: base64 without padding of `ciscospark://us/PEOPLE/<uuid>`. Clients take them as they come. */
export function toWebexId(kind: WebexKind, key: string): string {
  return Buffer.from(`${opening}${kind}/${key}`).toString('base64').replace(/=+$/, '');
}

/** What an id names, or null when it is not an id at all. */
export function readWebexId(id: string): { kind: string; key: string } | null {
  const plain = Buffer.from(id, 'base64').toString('utf8');
  if (!plain.startsWith(opening)) return null;

  const [kind = '', key = ''] = plain.slice(opening.length).split('/');
  const isExact = Buffer.from(plain).toString('base64').replace(/=+$/, '') === id;
  return isExact && kind !== '' && key !== '' ? { kind, key } : null;
}
