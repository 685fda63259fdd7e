import type { Credential } from '../domain/credential.ts';
import type { Lane, Pace } from '../domain/pace.ts';
import type { Permit } from '../domain/permit.ts';
import type { CallClass, HttpMethod, Vendor } from '../domain/vendor.ts';

/** One call to a vendor, rendered and ready to be sent. */
export interface VendorCall {
  /** Id of the credential, or its name where a record names it. */
  credential: { id: string } | { name: string };
  class: CallClass;
  method: HttpMethod;
  /** A path with its query, below the credential's base URL, or a whole URL on one of the credential's hosts. */
  url: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
  /** Whatever is not a read is sent with one, or not at all. */
  permit?: Permit;
  /** How urgent it is where calls of one credential wait for each other; `manual` by default. */
  lane?: Lane;
  /** The workflow or integration that makes it: they take turns. */
  group?: string;
}

/** What came of sending: data, never an exception. Bodies are text; nobody has judged them yet. */
export type VendorReply =
  | {
      kind: 'answered';
      status: number;
      /** Names in small letters. */
      headers: Record<string, string>;
      body: string;
      /** True when the answer went over the size limit and was dropped. */
      isTooLarge: boolean;
    }
  /** No byte left this server: bad URL, host not allowed, no credential, connection refused, token refresh refused. */
  | { kind: 'not_sent'; reason: string; isPermanent: boolean; isUnauthorized: boolean }
  /** The request may have arrived: time-out, reset connection. */
  | { kind: 'no_answer'; reason: string };

export interface SentCall {
  reply: VendorReply;
  /** As sent, secrets masked. */
  request: { method: string; url: string; headers: Record<string, string>; body?: unknown };
  durationMs: number;
  /** Values that must not appear in anything stored or shown. */
  secrets: readonly string[];
}

/** The only way to a vendor. */
export interface VendorClient {
  /**
   * Waits for its turn at the credential's pace, refreshes its token where needed, sends once. Never throws. A refusal
   * for too many calls slows the credential down for everybody; whether to send again is the caller's choice.
   */
  send(call: VendorCall, signal: AbortSignal): Promise<SentCall>;
}

/** How fast credentials are used, and who waits for them. */
export interface PaceReader {
  paceOf(credential: Credential): Pace;
  /** Credentials for which calls of this group wait now. */
  holding(group: string): Pace[];
}

export interface Vendors {
  find(vendorId: string): Vendor | undefined;
  /** Those that may be chosen for something new. */
  list(): readonly Vendor[];
  /** As they were defined at an instant, in milliseconds: where definitions never change, they are the same. */
  asOf?(instant: number): Vendors;
}
