import { createHash, randomBytes } from 'node:crypto';

/** What one account allowed one integration, with the hashes of the tokens that prove it. */
export interface Grant {
  id: string;
  /** Whoever consented, or registered the application of a machine's grant. */
  personId: string;
  scope: string;
  /** Asked for by an application on its own, without anybody's consent. */
  isMachine: boolean;
  accessHash: string;
  accessExpiresAtMs: number;
  /** Null without a refresh token, and once a newer one counts. */
  refreshHash: string | null;
  refreshExpiresAtMs: number;
  /** How many access tokens the refresh token has brought. */
  refreshes: number;
  /** The grant that this one refreshed, until one of its own tokens has been used. */
  replaces: string | null;
}

/** A grant with its tokens in the clear, for one answer. */
export interface IssuedTokens {
  grant: Grant;
  accessToken: string;
  refreshToken: string | null;
}

export interface Grants {
  find(id: string): Grant | undefined;
  findByAccessToken(token: string): Grant | undefined;
  findByRefreshToken(token: string): Grant | undefined;
  nextId(): string;
  /** Adds a grant or replaces the one with the same id. */
  save(grant: Grant): void;
}

export function createGrants(): Grants {
  const byId = new Map<string, Grant>();
  const byAccessHash = new Map<string, Grant>();
  const byRefreshHash = new Map<string, Grant>();

  return {
    find: (id) => byId.get(id),
    findByAccessToken: (token) => byAccessHash.get(hashOf(token)),
    findByRefreshToken: (token) => byRefreshHash.get(hashOf(token)),
    nextId: () => `tok_${byId.size + 1}`,
    save(grant) {
      const former = byId.get(grant.id);
      if (former?.refreshHash) byRefreshHash.delete(former.refreshHash);
      byId.set(grant.id, grant);
      byAccessHash.set(grant.accessHash, grant);
      if (grant.refreshHash !== null) byRefreshHash.set(grant.refreshHash, grant);
    },
  };
}

interface Lives {
  accessLifeSeconds: number;
  refreshLifeSeconds: number;
  hasRefreshToken: boolean;
}

/** A new grant with its tokens. The grant knows only their hashes. */
export function newGrant(
  wanted: Pick<Grant, 'id' | 'personId' | 'scope' | 'replaces' | 'isMachine'>,
  { accessLifeSeconds, refreshLifeSeconds, hasRefreshToken }: Lives,
  nowMs: number,
): IssuedTokens {
  const accessToken = newSecret();
  const refreshToken = hasRefreshToken ? newSecret() : null;
  const grant = {
    ...wanted,
    accessHash: hashOf(accessToken),
    accessExpiresAtMs: nowMs + accessLifeSeconds * 1000,
    refreshHash: refreshToken === null ? null : hashOf(refreshToken),
    refreshExpiresAtMs: nowMs + refreshLifeSeconds * 1000,
    refreshes: 0,
  };
  return { grant, accessToken, refreshToken };
}

export function newSecret(): string {
  return randomBytes(36).toString('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
