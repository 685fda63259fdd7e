import { type Grant, type IssuedTokens, newGrant } from './grants.ts';
import { type OAuthRules, toScopes } from './oauth-rules.ts';
import type { Call, Caller, World } from './world.ts';

/** For a vendor that sends a new refresh token only now and then: with which refresh it comes. */
const refreshesPerToken = 3;

type Changing<Person> = Pick<Call<Person>, 'changes'>;

interface Wanted {
  personId: string;
  scope: string;
  replaces?: string | null;
  isMachine?: boolean;
  hasRefreshToken?: boolean;
}

/** Gives out tokens and takes them back, as the vendor's rules have it. */
export interface Tokens<Person> {
  issue(call: Changing<Person>, wanted: Wanted): IssuedTokens;
  /** New tokens for a refresh token; null when it is wrong, spent, expired, or its account may not log in. */
  refresh(call: Changing<Person>, refreshToken: string): IssuedTokens | null;
  /** Ends both tokens of the grant that either belongs to. One that nobody has is as good as revoked (RFC 7009). */
  revoke(call: Changing<Person>, token: string): void;
  /** Who the bearer token stands for: null for no token, an expired one, or one whose account is gone. */
  identify(call: Changing<Person>, authorization: string | undefined): Caller<Person> | null;
}

export function createTokens<Person, Answer>(
  world: World<Person>,
  rules: Pick<OAuthRules<Person, Answer>, 'lives' | 'rotation' | 'isRefreshable' | 'mayLogIn'>,
): Tokens<Person> {
  const { grants } = world;

  function save(call: Changing<Person>, grant: Grant): void {
    world.change(call, { kind: 'grant saved', grant });
  }

  function issue(call: Changing<Person>, wanted: Wanted): IssuedTokens {
    const { personId, scope, replaces = null, isMachine = false } = wanted;
    const hasRefreshToken = wanted.hasRefreshToken ?? (!isMachine && rules.isRefreshable(toScopes(scope)));
    const tokens = newGrant(
      { id: grants.nextId(), personId, scope, replaces, isMachine },
      { ...rules.lives, hasRefreshToken },
      world.now(),
    );
    save(call, tokens.grant);
    return tokens;
  }

  function refresh(call: Changing<Person>, refreshToken: string): IssuedTokens | null {
    const grant = grants.findByRefreshToken(refreshToken);
    if (!grant || grant.refreshExpiresAtMs <= world.now() || !findActive(grant)) return null;

    retireReplaced(call, grant);
    const { id, personId, scope, refreshes } = grant;
    if (rules.rotation === 'once the new one is used') return issue(call, { personId, scope, replaces: id });

    const isRenewed = rules.rotation === 'at once' || refreshes + 1 >= refreshesPerToken;
    save(call, isRenewed ? { ...grant, refreshHash: null } : { ...grant, refreshes: refreshes + 1 });
    return issue(call, { personId, scope, hasRefreshToken: isRenewed });
  }

  /**
   * Ends the older refresh token once something of the newer grant is used: a client that keeps what it was given never
   * notices, one that loses the answer can refresh again, one that keeps the old token is found out.
   */
  function retireReplaced(call: Changing<Person>, grant: Grant): void {
    if (!grant.replaces) return;

    const older = grants.find(grant.replaces);
    if (older) save(call, { ...older, refreshHash: null });
    save(call, { ...grant, replaces: null });
  }

  function findActive({ personId }: Grant): Person | null {
    const person = world.roster.find(personId);
    return person !== undefined && rules.mayLogIn(person) ? person : null;
  }

  return {
    issue,
    refresh,
    revoke(call, token) {
      const grant = grants.findByRefreshToken(token) ?? grants.findByAccessToken(token);
      if (grant) save(call, { ...grant, accessExpiresAtMs: 0, refreshHash: null });
    },
    identify(call, authorization) {
      const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
      const grant = token === undefined ? undefined : grants.findByAccessToken(token);
      if (!grant || grant.accessExpiresAtMs <= world.now()) return null;

      const person = findActive(grant);
      if (person === null) return null;
      retireReplaced(call, grant);
      return { grant, person };
    },
  };
}
