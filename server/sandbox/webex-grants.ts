import { createHash, randomBytes } from 'node:crypto';

const accessLifeSeconds = 1_209_599;
const refreshLifeSeconds = 7_775_999;

/** What one account allowed one integration, with the hashes of the two tokens that prove it. */
export interface Grant {
  id: string;
  personId: string;
  scope: string;
  accessHash: string;
  accessExpiresAtMs: number;
  /** Null once a newer refresh token is in use. */
  refreshHash: string | null;
  refreshExpiresAtMs: number;
  /** The grant that this one refreshed, until one of its own tokens has been used. */
  replaces: string | null;
}

/** What the token endpoint answers. */
export interface TokenAnswer {
  access_token: string;
  expires_in: number;
  refresh_token: string;
  refresh_token_expires_in: number;
  token_type: 'Bearer';
  scope: string;
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

/** A new grant with its tokens. The tokens are in the answer only; the grant knows their hashes. */
export function newGrant(
  wanted: Pick<Grant, 'id' | 'personId' | 'scope' | 'replaces'>,
  nowMs: number,
): { grant: Grant; answer: TokenAnswer } {
  const accessToken = newSecret();
  const refreshToken = newSecret();
  const grant = {
    ...wanted,
    accessHash: hashOf(accessToken),
    accessExpiresAtMs: nowMs + accessLifeSeconds * 1000,
    refreshHash: hashOf(refreshToken),
    refreshExpiresAtMs: nowMs + refreshLifeSeconds * 1000,
  };
  const answer: TokenAnswer = {
    access_token: accessToken,
    expires_in: accessLifeSeconds,
    refresh_token: refreshToken,
    refresh_token_expires_in: refreshLifeSeconds,
    token_type: 'Bearer',
    scope: wanted.scope,
  };
  return { grant, answer };
}

export function newSecret(): string {
  return randomBytes(36).toString('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
