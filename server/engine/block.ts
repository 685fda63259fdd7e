import type { z } from 'zod';
import type { ApiPaging } from '../domain/api-settings.ts';
import type { BlockType, Exit, FormField } from '../domain/block-type.ts';
import type { Field } from '../domain/field.ts';
import type { Load } from '../domain/load.ts';
import type { Held } from '../domain/run.ts';
import type { SaasUser } from '../domain/saas-user.ts';
import type { CallClass } from '../domain/vendor.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import type { Answer } from './ask-ports.ts';
import type { ChildOutcome } from './child-ports.ts';
import type { Effect } from './effect.ts';
import type { Notice } from './journal-ports.ts';
import type { JsonTemplate } from './json-template.ts';
import type { Outcome, SuccessRule } from './outcome.ts';
import type { Subject } from './subject-ports.ts';
import type { Template } from './template.ts';
import type { VendorCall, Vendors } from './vendor-ports.ts';

/** What a block may know of the step it decides. */
export interface StepContext {
  /** Milliseconds since 1970. */
  now: number;
  /** Since when this step waits, where it has waited before; null otherwise. */
  waitingSince: number | null;
  /** The record; both are null for the run itself. */
  subject: Subject;
  /** Names that vendors give to ids, by `vendor/id`. */
  names: ReadonlyMap<string, string>;
  /** What templates may name. */
  variables: Readonly<Record<string, unknown>>;
}

/** A value to be put into a field of the record; the engine checks it against the field's type. */
export interface Assignment {
  record: 'person' | 'saas_user';
  field: string;
  value: unknown;
}

/** The end of a step: which exit it takes, and what it changes. */
export interface Done {
  kind: 'done';
  exit: string;
  /** One sentence about what was found or done. */
  note?: string;
  /** Marks the step failed. When its exit leads nowhere, the record fails with this sentence. */
  error?: string;
  variables?: Record<string, unknown>;
  assign?: readonly Assignment[];
  notification?: Notice;
  /** Kept for later blocks that name `steps.<block>.response`. */
  response?: unknown;
}

/** A call that the engine makes for the block; `conclude` then decides by its outcome. Never sees `unknown`: that parks the record. */
export interface Call {
  kind: 'call';
  call: VendorCall;
  vendor: string;
  attempts: number;
  rule: SuccessRule;
  /** How the other pages of a list are read; only of a read. */
  paging?: ApiPaging | undefined;
  /** What it changes at the vendor; absent for a read. */
  effect?: Effect | undefined;
  conclude(outcome: Outcome): Done;
}

/** What is known of a block's effect before any record comes. */
export type BlockEffect = Omit<Effect, 'target'>;

/** A user load that the engine starts and waits for. */
export interface StartLoad {
  kind: 'load';
  integrationId: string;
  conclude(load: Load): Done;
}

/**
 * The record waits: until an instant, until somebody releases it, or whichever comes first. Then its block decides once
 * more, with what is true by then.
 */
export interface Wait {
  kind: 'wait';
  /** Milliseconds since 1970; null: until it is released. */
  until: number | null;
  /** Why it is held; null when it only waits for the time. */
  held: Held | null;
  note?: string;
}

/** The block's `each` exit is taken once for every entry of a list, then `done`. */
export interface LoopOver {
  /** Goes over values, or over accounts of the record's person: each turn then works on another account. */
  kind: 'list' | 'accounts';
  items: readonly unknown[];
  choose(accounts: readonly SaasUser[]): readonly SaasUser[];
  /** The variable that holds the entry of a turn. */
  as: string;
  /** More entries than this are none. */
  most: number;
}
export type Loops = { kind: 'loop'; over: LoopOver };

/** Somebody is asked, and the record waits for the answer. */
export interface Ask {
  kind: 'ask';
  question: string;
  /** One question for all records that wait at the block. */
  isShared: boolean;
  conclude(answer: Answer): Done;
}

/** A run of another workflow for the record, or for what belongs to it. */
export interface StartRun extends StartsRun {
  kind: 'start';
  /** Null while the block waits for it still. */
  conclude(outcome: ChildOutcome): Done | null;
}

/** Which workflow a block runs, and whether it waits for the end. */
export interface StartsRun {
  workflowId: string;
  waits: boolean;
}

/** Whom a block asks, and for how long. */
export interface AskedOf {
  operatorIds: readonly string[];
  roles: readonly string[];
  hours: number;
}

/** What a block decides: a pure function of settings, record, variables and time. */
export type Decision = Done | Call | StartLoad | StartRun | Wait | Loops | Ask;
export type Decide = (context: StepContext) => Decision;

/** What a block may use while it is prepared, once per version. */
export interface PrepareContext {
  vendors: Vendors;
  fields: readonly Field[];
  records: WorkflowRecords;
  /** Whether there is a SaaS user where the block stands: the record itself, or one of a person's in a loop. */
  hasSaasUser: boolean;
  /** Parses a template and remembers what it reads. `own` names variables that only this setting has. */
  template(text: string, setting: string, own?: readonly string[]): Template;
  jsonTemplate(text: string, setting: string, own?: readonly string[]): JsonTemplate;
  /** A variable that is named outside a template. */
  uses(variable: string, setting: string): void;
  /** Names a credential, so that checks and the list of its uses find it. */
  /** `vendorId` is whose credential it has to be; absent where any will do. */
  credential(id: string, setting: string, vendorId?: string): void;
  integration(id: string, setting: string): void;
  /** A workflow that the block starts. */
  workflow(id: string, setting: string): void;
  /** Variables that later blocks may read. */
  defines(variable: string): void;
  /** Reports a finding; the version cannot be launched with an error. */
  issue(setting: string, message: string, severity?: 'error' | 'warning'): void;
}

export interface BlockDefinition<S = unknown> extends Omit<BlockType, 'defaults'> {
  exits: Exit[];
  form: FormField[];
  settings: z.ZodType<S>;
  /** Parses templates and looks things up once, so that deciding is quick. */
  prepare(settings: S, context: PrepareContext): Decide;
  /** The block waits for the end of the run and then happens once. */
  isAtEnd?(settings: S): boolean;
  /** It happens once for a record, when nothing else of the record leads to it any more. */
  isJoin?(settings: S): boolean;
  /** How much harm its call may do; absent for blocks that call nobody. */
  callClass?(settings: S, vendors: Vendors): CallClass | undefined;
  /** What its call does at the vendor, as far as the settings say. */
  effect?(settings: S, vendors: Vendors): BlockEffect | undefined;
  /** It turns a vendor's ids into names. */
  readsNames?: boolean;
  /** It asks somebody. */
  asks?(settings: S): AskedOf;
  /** It starts a run of another workflow. */
  starts?(settings: S): StartsRun;
  /** Its `each` exit is taken at most so many times; absent for blocks that are no loops. */
  loop?(settings: S): LoopSize;
}

export interface LoopSize {
  most: number;
  isOverAccounts: boolean;
}

/** States a block type. The compiler checks that form keys are settings and that `exits` is complete. */
export function defineBlock<const S extends z.ZodObject>(definition: {
  type: string;
  title: string;
  summary: string;
  group: BlockType['group'];
  level: BlockType['level'];
  hasInput?: boolean;
  panel?: BlockType['panel'];
  exitsIn?: string;
  settings: S;
  form: (FormField & { key: keyof z.infer<S> & string })[];
  exits: Exit[];
  prepare(settings: z.infer<S>, context: PrepareContext): Decide;
  isAtEnd?(settings: z.infer<S>): boolean;
  isJoin?(settings: z.infer<S>): boolean;
  callClass?(settings: z.infer<S>, vendors: Vendors): CallClass | undefined;
  effect?(settings: z.infer<S>, vendors: Vendors): BlockEffect | undefined;
  readsNames?: boolean;
  asks?(settings: z.infer<S>): AskedOf;
  starts?(settings: z.infer<S>): StartsRun;
  loop?(settings: z.infer<S>): LoopSize;
}): BlockDefinition {
  // The settings are parsed with this very schema before any of these functions sees them.
  return { hasInput: true, panel: 'form', ...definition } as unknown as BlockDefinition;
}

/** The description that the editor draws from. */
export function toBlockType(block: BlockDefinition): BlockType {
  const { type, title, summary, group, level, exits, exitsIn, hasInput, form, panel } = block;
  const defaults = block.settings.parse({}) as Record<string, unknown>;
  const own = exitsIn === undefined ? {} : { exitsIn };
  return { type, title, summary, group, level, exits, ...own, hasInput, form, panel, defaults };
}
