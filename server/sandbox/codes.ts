import { createHash } from 'node:crypto';
import { newSecret } from './grants.ts';

const lifeMs = 5 * 60 * 1000;

/** What an authorization code stands for until it is exchanged. */
interface Consented {
  redirectUri: string;
  scope: string;
  personId: string;
  /** The S256 challenge, when one was given. */
  challenge: string | null;
}

/** Authorization codes: good once, for five minutes, and gone when the sandbox stops. */
export interface Codes {
  issue(consented: Consented): string;
  /** Uses the code up. Null when it is unknown, used, too old, or not for this address and verifier. */
  redeem(code: string, proof: { redirectUri: string; verifier: string }): Consented | null;
}

export function createCodes(now: () => number): Codes {
  const codes = new Map<string, Consented & { expiresAtMs: number }>();

  return {
    issue(consented) {
      const code = newSecret();
      codes.set(code, { ...consented, expiresAtMs: now() + lifeMs });
      return code;
    },
    redeem(code, { redirectUri, verifier }) {
      const consented = codes.get(code);
      // A wrong guess uses the code up too: whoever has the right proof can ask for another.
      codes.delete(code);
      if (!consented || consented.expiresAtMs <= now()) return null;
      if (consented.redirectUri !== redirectUri) return null;
      if (consented.challenge !== null && consented.challenge !== challengeOf(verifier)) return null;
      return consented;
    },
  };
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
