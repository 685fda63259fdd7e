import type { Credential } from '#domain/credential';
import { AppError } from '#domain/errors';
import { mostAtOnce, type Pace, paceLimitsOf } from '#domain/pace';
import { takePermit } from '#domain/permit';
import { retryAfter } from '#domain/retry-after';
import type { CredentialStore } from '#engine/credential-ports';
import type { Clock } from '#engine/ports';
import type {
  PaceReader,
  SentCall,
  VendorCall,
  VendorClient,
  VendorReply,
  Vendors,
} from '#engine/vendor-ports';
import type { Account, Accounts } from './accounts.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import {
  accountProblem,
  headerProblem,
  hostRefusal,
  permitProblem,
  type Target,
  targetOf,
} from './call-target.ts';
import type { EgressRules } from './egress.ts';
import { cancelled, noCredential, notSent } from './not-sent.ts';
import type { Refreshed } from './refresh.ts';
import { nobody, sent } from './sent-call.ts';
import { type Signature, withKey } from './signature.ts';
import { type Line, openLine } from './transport.ts';

export interface VendorClientDeps {
  accounts: Accounts;
  store: Pick<CredentialStore, 'touch'>;
  refresh: (stale: Account) => Promise<Refreshed>;
  rules: EgressRules;
  vendors: Pick<Vendors, 'find'>;
  clock: Clock;
  /** Calls of one credential that may be under way at once, where neither it nor its vendor says. */
  concurrency?: number;
}

/** The client, and the end of its connections. */
export interface ClosableVendorClient extends VendorClient, PaceReader {
  close(): Promise<void>;
}

const defaultConcurrency = 16;
/** A token that ends this soon is renewed before the call, not after a refusal. */
const renewBeforeMs = 30_000;
const touchEveryMs = 60_000;

/** What is kept per credential: nobody waits for another credential's vendor. */
interface Desk {
  /** As it was read last: with another one its limits may be others. */
  credential: Credential;
  allowance: Allowance;
  lines: Map<string, Line>;
  touchedAt: number;
}

/** The only code that opens a socket to a vendor for a workflow or a load. */
export function createVendorClient(deps: VendorClientDeps): ClosableVendorClient {
  const { accounts, store, refresh, rules, vendors, clock, concurrency = defaultConcurrency } = deps;
  const desks = new Map<string, Desk>();

  const limitsOf = (credential: Credential) =>
    paceLimitsOf(credential, vendors.find(credential.vendorId), concurrency);

  const deskOf = (credential: Credential): Desk => {
    const known = desks.get(credential.id);
    if (known?.credential === credential) return known;
    if (known) {
      known.credential = credential;
      known.allowance.limit(limitsOf(credential));
      return known;
    }
    const desk: Desk = {
      credential,
      allowance: createAllowance(limitsOf(credential), clock),
      lines: new Map(),
      touchedAt: Number.NEGATIVE_INFINITY,
    };
    desks.set(credential.id, desk);
    return desk;
  };

  const toPace = ({ credential, allowance }: Desk): Pace => ({
    credentialId: credential.id,
    credentialName: credential.name,
    vendorId: credential.vendorId,
    ...allowance.state(),
  });

  const lineOf = (desk: Desk, origin: string): Line => {
    const known = desk.lines.get(origin);
    if (known) return known;
    const line = openLine(origin, mostAtOnce, rules);
    desk.lines.set(origin, line);
    return line;
  };

  const touch = (desk: Desk, id: string, now: number) => {
    if (now - desk.touchedAt < touchEveryMs) return;
    desk.touchedAt = now;
    // When it was last used is only told to people: a failure to write it down must not fail the call.
    store.touch(id, now).catch(() => undefined);
  };

  const sendOnce = async (
    account: Account,
    desk: Desk,
    { origin, host, path }: Target,
    call: VendorCall,
  ): Promise<VendorReply> => {
    const signature = account.signature as Signature;
    const mediaType = vendors.find(account.credential.vendorId)?.mediaType ?? 'application/json';
    const headers = toHeaderList(call, signature, mediaType);
    const signed = signedPath(path, signature);
    const { method, body, timeoutMs, permit } = call;
    // Waiting for its turn and for a token took time: what was pressed meanwhile counts.
    if (permit && !permit.mayLeave()) return cancelled;
    const sentAt = clock.now();
    const answer = await lineOf(desk, origin).send({ path: signed, method, headers, body, timeoutMs });
    if (answer.kind === 'answered') note(desk.allowance, answer, call, sentAt);
    return answer.kind === 'not_sent' ? notSent(sentence(host, answer.reason), false, false) : answer;
  };

  /** The pace follows every answer, whatever the caller makes of it. */
  const note = (allowance: Allowance, { status, headers }: Answered, call: VendorCall, sentAt: number) => {
    if (!isTooMuch(status)) return allowance.accepted(sentAt, headers);
    allowance.refused(sentAt, retryAfter(headers['retry-after'], clock.now()), call);
  };

  /** Where a call goes, or what it is refused for before anything is sent. */
  const check = (account: Account, call: VendorCall): Target | SentCall => {
    const target = targetOf(account, call.url, rules);
    if ('kind' in target) return sent(account, call, call.url, target, 0);
    const problem =
      permitProblem(account, call.permit) ??
      headerProblem(call.headers, account.signature) ??
      accountProblem(account);
    return problem ? sent(account, call, target.href, problem, 0) : target;
  };

  const sendFor = async (account: Account, call: VendorCall, signal: AbortSignal): Promise<SentCall> => {
    const target = check(account, call);
    if ('reply' in target) return target;
    const desk = deskOf(account.credential);
    const entry = desk.allowance.enter(call, signal);
    if (entry !== true && !(await entry)) return sent(account, call, target.href, cancelled, 0);
    try {
      if (entry === true) return await sendNow(account, desk, target, call, signal);
      // Whoever waited long may find another credential than before, or none.
      const latest = await accounts.find({ id: account.credential.id });
      if (!latest) return sent(account, call, target.href, noCredential(account.credential.id), 0);
      const now = latest === account ? target : check(latest, call);
      return 'reply' in now ? now : await sendNow(latest, desk, now, call, signal);
    } finally {
      desk.allowance.leave();
    }
  };

  /** Sends a call whose turn has come. */
  const sendNow = async (
    account: Account,
    desk: Desk,
    target: Target,
    call: VendorCall,
    signal: AbortSignal,
  ): Promise<SentCall> => {
    const startedAt = performance.now();
    const took = (): number => performance.now() - startedAt;
    const now = clock.now();
    touch(desk, account.credential.id, now);
    const isEnding = account.canRenew && account.expiresAt - renewBeforeMs <= now;
    if (!isEnding && account.signature !== null) {
      const reply = await sendOnce(account, desk, target, call);
      if (!isRefusedToken(reply, account)) return sent(account, call, target.href, reply, took());
    }
    // A 401 is a definite refusal, so the call may be sent once more with another token.
    const renewed = await refresh(account);
    if (!renewed.ok) {
      const refused = notSent(renewed.reason, renewed.isPermanent, renewed.isPermanent);
      return sent(account, call, target.href, refused, took());
    }
    const { account: current } = renewed;
    const both = { ...current, secrets: [...account.secrets, ...current.secrets] };
    if (signal.aborted) return sent(both, call, target.href, cancelled, took());
    const isAllowed = current.hosts.has(target.host);
    const reply = isAllowed ? await sendOnce(current, desk, target, call) : hostRefusal(current, target);
    return sent(both, call, target.href, reply, took());
  };

  return {
    async send(call, signal) {
      const refusal = takePermit(call);
      if (refusal !== null) return sent(nobody, call, call.url, notSent(refusal, true, false), 0);
      try {
        const found = accounts.find(call.credential);
        const account = found instanceof Promise ? await found : found;
        if (account === undefined) {
          const name = 'id' in call.credential ? call.credential.id : call.credential.name;
          return sent(nobody, call, call.url, noCredential(name), 0);
        }
        return await sendFor(account, call, signal);
      } catch (error) {
        // Only what happens before the sending throws: a secret that cannot be opened, a database that fails.
        const reason = error instanceof Error ? error.message : String(error);
        return sent(nobody, call, call.url, notSent(reason, error instanceof AppError, false), 0);
      }
    },

    paceOf: (credential) => toPace(deskOf(credential)),

    holding: (group) => [...desks.values()].filter(({ allowance }) => allowance.isHolding(group)).map(toPace),

    async close() {
      for (const { allowance } of desks.values()) allowance.close();
      const lines = [...desks.values()].flatMap((desk) => [...desk.lines.values()]);
      desks.clear();
      await Promise.all(lines.map((line) => line.close()));
    },
  };
}

function signedPath(path: string, { in: place, name, value }: Signature): string {
  if (place === 'path') return value;
  return place === 'query' ? withKey(path, name, value) : path;
}

function toHeaderList(call: VendorCall, signature: Signature, mediaType: string): string[] {
  const list = ['user-agent', 'Rollcall'];
  if (signature.in === 'header') list.push(signature.name, signature.value);
  let hasAccept = false;
  for (const name in call.headers) {
    if (name.toLowerCase() === 'accept') hasAccept = true;
    list.push(name, call.headers[name] as string);
  }
  if (!hasAccept) list.push('accept', mediaType);
  return list;
}

type Answered = Extract<VendorReply, { kind: 'answered' }>;

/** 423 is what Webex says at times in place of 429. */
const isTooMuch = (status: number): boolean => status === 429 || status === 423;

function isRefusedToken(reply: VendorReply, account: Account): boolean {
  return reply.kind === 'answered' && reply.status === 401 && account.canRenew;
}

const sentence = (host: string, reason: string): string =>
  reason.startsWith(host)
    ? `${reason}.`
    : `${host} was not reached: ${reason}. Check the base URL of the credential, and whether the vendor is up.`;
