import type { Vendor } from '../domain/vendor.ts';
import type { Call } from '../engine/block.ts';
import { type Outcome, toOutcome } from '../engine/outcome.ts';
import type { Clock } from '../engine/ports.ts';
import type { VendorClient } from '../engine/vendor-ports.ts';

/** A vendor that answers: the real one, a test tenant of it, or an imitation. */
export interface Trial {
  vendor: Vendor;
  /** Signs its calls; relative addresses are below `baseUrl`. */
  client: VendorClient;
  /** The same with a credential that nobody gave out. */
  stranger: VendorClient;
  baseUrl: string;
  clock: Clock;
  signal: AbortSignal;
  /** Of the load, and of presets where they have no default. By `preset.input` or `input`. */
  inputs: Readonly<Record<string, string>>;
  /** The addresses of accounts that may be changed: null for all, which is for imitations only. */
  mayChange: readonly string[] | null;
  /** Reads every page; otherwise the first ones. */
  isWhole: boolean;
  workshop?: Workshop | undefined;
}

/** What only an imitation has: a look behind the scenes. */
export interface Workshop {
  /** Everybody as they are now. */
  people(): Promise<unknown[]>;
  /** Makes the next call end like this, before any work is done. */
  fail(fault: Misfortune): Promise<void>;
}

export interface Misfortune {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Sends a call as a run would, once, and judges the answer. */
export async function sendCall(
  { vendor, client, signal, clock }: Pick<Trial, 'vendor' | 'client' | 'signal' | 'clock'>,
  { call, rule }: Pick<Call, 'call' | 'rule'>,
): Promise<Outcome> {
  const { reply } = await client.send(call, signal);
  return toOutcome(reply, rule, call.class, vendor.title, clock.now());
}
