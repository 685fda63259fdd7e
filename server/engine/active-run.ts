import type { Field } from '../domain/field.ts';
import type { Hold } from '../domain/guard.ts';
import type { Cap } from '../domain/limits.ts';
import type { RecordCounts } from '../domain/run.ts';
import type { AskStore } from './ask-ports.ts';
import type { ChildStore } from './child-ports.ts';
import type { Counts } from './counts.ts';
import type { AccountReader } from './for-each.ts';
import type { Guard } from './guard.ts';
import type { OwnAccounts } from './own-account.ts';
import type { Plan } from './plan.ts';
import type { Clock, LoadRunner } from './ports.ts';
import type { RunRow, RunStore } from './run-store-ports.ts';
import type { TakenBack } from './taken-back.ts';
import type { VendorClient } from './vendor-ports.ts';

export interface RunDeps {
  store: RunStore;
  client: VendorClient;
  loads: LoadRunner;
  clock: Clock;
  /** From 0 up to 1. */
  random(): number;
  guard: Guard;
  /** Whose accounts credentials are; without it nobody asks. */
  ownAccounts?: Pick<OwnAccounts, 'of' | 'recent'> | undefined;
  accounts: AccountReader;
  asks: AskStore;
  children: ChildStore;
  /** Null where this server sends no e-mails. */
  mail: { publicUrl: string } | null;
}

/** One run while this process works on it. */
export interface ActiveRun {
  row: RunRow;
  plan: Plan;
  fields: readonly Field[];
  counts: Counts;
  /** Names that vendors give to ids, by `vendor/id`; read when the records are chosen. */
  names: ReadonlyMap<string, string>;
  /** Of a run that takes something back: its records, each with the blocks that were done for it. */
  undone: ReadonlyMap<string, readonly string[]>;
  /** What templates know as `run`. */
  about: Readonly<Record<string, unknown>>;
  /** Records by status, once all of them are done; templates find them under `run` too. */
  sums: RecordCounts | null;
  /** Counters of its destructive calls, by kind and vendor, as of one generation of the guard. */
  caps: Map<string, { generation: number; caps: readonly Cap[] }>;
  /** Harm that somebody agreed to, as `agreedKey` writes it; null where nobody was asked. */
  agreed: ReadonlySet<string> | null;
  /** Somebody has looked at the first call of its version that took something from somebody. */
  isLookedAt: boolean;
  /** Whether all its harm goes to vendors that this server imitates; its credential may lead elsewhere meanwhile. */
  isImitated(): Promise<boolean>;
  /** Why all of its calls of a kind at a vendor wait, as of one generation of the guard. */
  holds: Map<string, { generation: number; hold: Hold }>;
  /** Aborted when the run is cancelled, when the server stops, or when the journal cannot be written. */
  signal: AbortSignal;
  /** The newest write that nobody waited for; commits keep their order, so after it all others are done. */
  lastWrite: Promise<void>;
  /** How many such writes are under way. */
  behind: number;
  /** Records that a person has settled meanwhile. */
  takenBack: TakenBack;
  /** What became of its records, once it has ended. */
  ended: RecordCounts | null;
  /** A record waits until then: that much is committed. */
  wakesAt(at: number): void;
  /** Something was committed. */
  changed(): void;
  /** The journal cannot be written: nothing more may be sent. */
  broke(error: unknown): void;
}

/** Hands a write to the journal. Writes keep their order, so whoever waits for a later one has waited for this one. */
export function later(run: ActiveRun, write: Promise<unknown>): void {
  run.lastWrite = write.then(() => undefined, run.broke);
}
