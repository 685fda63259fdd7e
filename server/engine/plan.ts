import { exitsOf } from '../domain/block-type.ts';
import type { ConditionGroup } from '../domain/condition.ts';
import { AppError } from '../domain/errors.ts';
import type { EventKind, EventTrigger } from '../domain/event-trigger.ts';
import { globalNameIn } from '../domain/global-variable.ts';
import type { Trigger } from '../domain/start-slot.ts';
import type { Undone } from '../domain/undo-plan.ts';
import type { CallClass } from '../domain/vendor.ts';
import type { Block, Graph } from '../domain/workflow.ts';
import type { AskedOf, BlockDefinition, BlockEffect, Decide, StartsRun } from './block.ts';
import { leadingTo } from './graph.ts';
import { findLoopBodies } from './loop-bodies.ts';
import { parseSettings } from './parse-settings.ts';
import { type Findings, type Surroundings, toPrepareContext } from './prepare.ts';

/** A block of a version, ready to decide. */
export interface PlanBlock {
  id: string;
  name: string;
  type: string;
  level: 'run' | 'record';
  /** Waits for the end of the run. */
  isAtEnd: boolean;
  isEnd: boolean;
  callClass: CallClass | null;
  /** What its call does at the vendor; null for blocks that call nobody. */
  effect: BlockEffect | null;
  decide: Decide;
  /** Where each exit leads. */
  next: ReadonlyMap<string, readonly PlanBlock[]>;
  exits: ReadonlySet<string>;
  /** Some later block names this block's answer. */
  keepsResponse: boolean;
  isLoop: boolean;
  asks: AskedOf | null;
  /** The workflow that it starts. */
  starts: StartsRun | null;
  /** Of one that waits for all paths of a record: the blocks that may still lead to it. */
  waitsFor: ReadonlySet<string> | null;
  /** How often loops may make it happen for one record. */
  times: number;
}

/** A version, compiled once: what runs look up per step is resolved here. */
export interface Plan {
  blocks: ReadonlyMap<string, PlanBlock>;
  begin: PlanBlock;
  /** Which records a run chooses. */
  choice: { state: 'active' | 'deactivated' | 'both'; rules: ConditionGroup; undoes: Undone | null };
  /** Blocks whose call may be repeated once its account was looked at. */
  readable: readonly string[];
  /** Some block takes something from accounts. */
  isHarmful: boolean;
  /** When it starts by itself; null for workflows that only people start. */
  trigger: Trigger | null;
  /** What else sets it going; null for workflows that only people or the time start. */
  event: EventTrigger | null;
  /** By which value of a call's body its record is found; null where no webhook starts it. */
  webhook: { path: string; field: string } | null;
  /** Some block turns a vendor's ids into names. */
  readsNames: boolean;
  /** Global variables that its blocks use. */
  globals: readonly string[];
  /** Blocks that happen once when all records are done. */
  atEnd: readonly PlanBlock[];
}

type Start = Pick<Plan, 'choice' | 'trigger' | 'event' | 'webhook'>;

interface BeginSettings extends Omit<Trigger, 'schedule'> {
  trigger: 'manual' | 'schedule' | 'webhook' | EventKind;
  webhookPath: string;
  webhookField: string;
  watchedFields: string[];
  watchedIntegrationId: string;
  schedule: Trigger['schedule'] | null;
  records: Plan['choice']['state'];
  rules: ConditionGroup;
  undoes: Undone | null;
}

/** Over which records, and when, as Begin says it. */
function startOf(settings: BeginSettings): Start {
  const { trigger, schedule, graceMinutes, late, webhookPath, webhookField } = settings;
  return {
    choice: { state: settings.records, rules: settings.rules, undoes: settings.undoes },
    trigger: trigger === 'schedule' && schedule ? { schedule, graceMinutes, late } : null,
    event: eventOf(settings),
    webhook: trigger === 'webhook' ? { path: webhookPath, field: webhookField } : null,
  };
}

function eventOf({ trigger, watchedFields, watchedIntegrationId }: BeginSettings): EventTrigger | null {
  if (trigger === 'manual' || trigger === 'schedule' || trigger === 'webhook') return null;
  return { kind: trigger, fields: watchedFields, integrationId: watchedIntegrationId };
}

type Types = ReadonlyMap<string, BlockDefinition>;

/** A block whose ways on are still being found. */
type OpenBlock = PlanBlock & { next: Map<string, PlanBlock[]> };

/** Compiles a graph that was checked. Throws `invalid` when it cannot run after all, naming the block. */
export function toPlan(graph: Graph, types: Types, surroundings: Surroundings): Plan {
  const blocks = new Map<string, OpenBlock>();
  const reads: Findings['reads'] = [];
  const loops = findLoopBodies(graph, types);
  let start: Start | undefined;

  for (const block of graph.blocks) {
    const { type, settings } = settingsOf(block, types);
    const { context, findings } = toPrepareContext(block.id, {
      ...surroundings,
      hasSaasUser: surroundings.records.kind === 'saas_users' || loops.withAccounts.has(block.id),
    });
    const decide = type.prepare(settings, context);
    reads.push(...findings.reads);
    blocks.set(block.id, {
      id: block.id,
      name: block.name,
      type: block.type,
      level: type.level,
      isAtEnd: type.isAtEnd?.(settings) ?? false,
      isEnd: block.type === 'end',
      callClass: type.callClass?.(settings, surroundings.vendors) ?? null,
      effect: type.effect?.(settings, surroundings.vendors) ?? null,
      decide,
      next: new Map(),
      exits: new Set(exitsOf(type, settings).map((exit) => exit.id)),
      keepsResponse: false,
      isLoop: type.loop !== undefined,
      asks: type.asks?.(settings) ?? null,
      starts: type.starts?.(settings) ?? null,
      waitsFor: type.isJoin?.(settings) ? leadingTo(block.id, graph) : null,
      times: loops.times(block.id),
    });
    if (block.type === 'begin') start = startOf(settings as BeginSettings);
  }
  join(blocks, graph);
  for (const block of blocks.values()) {
    block.keepsResponse = reads.some(({ variable }) => variable.startsWith(`steps.${block.id}.`));
  }

  const begin = [...blocks.values()].find((block) => block.type === 'begin');
  if (!begin || !start) throw new AppError('invalid', 'The workflow has no Begin block.');
  const readsNames = graph.blocks.some((block) => types.get(block.type)?.readsNames === true);
  const all = [...blocks.values()];
  return {
    blocks,
    begin,
    ...start,
    readsNames,
    readable: all.filter(isReadable).map((block) => block.id),
    isHarmful: all.some(({ effect }) => effect !== null && effect.limitKind !== null),
    globals: [...new Set(reads.flatMap(({ variable }) => globalNameIn(variable) ?? []))],
    atEnd: firstAtEnd(all),
  };
}

function settingsOf({ id, name, type: typeName, settings }: Block, types: Types) {
  const type = types.get(typeName);
  if (!type) {
    const message = `The block "${name}" is of an unknown type "${typeName}".`;
    throw new AppError('invalid', message, { place: id });
  }
  const parsed = parseSettings(type, settings);
  if (!parsed.ok) {
    const message = `The block "${name}" cannot run: ${parsed.problems[0]?.message}`;
    throw new AppError('invalid', message, { place: id });
  }
  return { type, settings: parsed.settings };
}

/** Leads every exit to the blocks behind it. */
function join(blocks: ReadonlyMap<string, OpenBlock>, graph: Graph): void {
  for (const edge of graph.edges) {
    const from = blocks.get(edge.from);
    const to = blocks.get(edge.to);
    if (!from || !to)
      throw new AppError('invalid', `The edge "${edge.id}" leads nowhere.`, { place: edge.id });
    from.next.set(edge.exit, [...(from.next.get(edge.exit) ?? []), to]);
  }
}

/** What stands behind another block at the end happens when that one leads to it. */
function firstAtEnd(all: readonly PlanBlock[]): PlanBlock[] {
  const later = new Set<PlanBlock>();
  for (const block of all)
    if (block.isAtEnd) for (const [, next] of block.next) for (const one of next) later.add(one);
  for (const block of later) for (const [, next] of block.next) for (const one of next) later.add(one);
  return all.filter((block) => block.isAtEnd && !later.has(block));
}

/** A call that never adds anything: made again after a look at the account, it does no more than once. */
function isReadable({ effect, callClass }: PlanBlock): boolean {
  return effect?.hasTarget === true && (callClass === 'idempotent' || callClass === 'destructive');
}
