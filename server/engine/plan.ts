import { exitsOf } from '../domain/block-type.ts';
import type { ConditionGroup } from '../domain/condition.ts';
import { AppError } from '../domain/errors.ts';
import type { EventKind, EventTrigger } from '../domain/event-trigger.ts';
import { globalNameIn } from '../domain/global-variable.ts';
import type { Trigger } from '../domain/start-slot.ts';
import type { Undone } from '../domain/undo-plan.ts';
import type { CallClass } from '../domain/vendor.ts';
import type { Graph } from '../domain/workflow.ts';
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

function triggerOf({ trigger, schedule, graceMinutes, late }: BeginSettings): Trigger | null {
  return trigger === 'schedule' && schedule ? { schedule, graceMinutes, late } : null;
}

function eventOf({ trigger, watchedFields, watchedIntegrationId }: BeginSettings): EventTrigger | null {
  if (trigger === 'manual' || trigger === 'schedule' || trigger === 'webhook') return null;
  return { kind: trigger, fields: watchedFields, integrationId: watchedIntegrationId };
}

type Types = ReadonlyMap<string, BlockDefinition>;

/** Compiles a graph that was checked. Throws `invalid` when it cannot run after all, naming the block. */
export function toPlan(graph: Graph, types: Types, surroundings: Surroundings): Plan {
  const blocks = new Map<string, PlanBlock & { next: Map<string, PlanBlock[]> }>();
  const reads: Findings['reads'] = [];
  const loops = findLoopBodies(graph, types);
  let choice: Plan['choice'] | undefined;
  let trigger: Trigger | null = null;
  let event: EventTrigger | null = null;
  let webhook: Plan['webhook'] = null;

  for (const block of graph.blocks) {
    const type = types.get(block.type);
    if (!type)
      throw new AppError('invalid', `The block "${block.name}" is of an unknown type "${block.type}".`, {
        place: block.id,
      });
    const parsed = parseSettings(type, block.settings);
    if (!parsed.ok) {
      throw new AppError('invalid', `The block "${block.name}" cannot run: ${parsed.problems[0]?.message}`, {
        place: block.id,
      });
    }
    const { context, findings } = toPrepareContext(block.id, {
      ...surroundings,
      hasSaasUser: surroundings.records.kind === 'saas_users' || loops.withAccounts.has(block.id),
    });
    const decide = type.prepare(parsed.settings, context);
    reads.push(...findings.reads);
    blocks.set(block.id, {
      id: block.id,
      name: block.name,
      type: block.type,
      level: type.level,
      isAtEnd: type.isAtEnd?.(parsed.settings) ?? false,
      isEnd: block.type === 'end',
      callClass: type.callClass?.(parsed.settings, surroundings.vendors) ?? null,
      effect: type.effect?.(parsed.settings, surroundings.vendors) ?? null,
      decide,
      next: new Map(),
      exits: new Set(exitsOf(type, parsed.settings).map((exit) => exit.id)),
      keepsResponse: false,
      isLoop: type.loop !== undefined,
      asks: type.asks?.(parsed.settings) ?? null,
      starts: type.starts?.(parsed.settings) ?? null,
      waitsFor: type.isJoin?.(parsed.settings) ? leadingTo(block.id, graph) : null,
      times: loops.times(block.id),
    });
    if (block.type === 'begin') {
      const settings = parsed.settings as BeginSettings;
      choice = { state: settings.records, rules: settings.rules, undoes: settings.undoes };
      trigger = triggerOf(settings);
      event = eventOf(settings);
      if (settings.trigger === 'webhook')
        webhook = { path: settings.webhookPath, field: settings.webhookField };
    }
  }

  for (const edge of graph.edges) {
    const from = blocks.get(edge.from);
    const to = blocks.get(edge.to);
    if (!from || !to)
      throw new AppError('invalid', `The edge "${edge.id}" leads nowhere.`, { place: edge.id });
    from.next.set(edge.exit, [...(from.next.get(edge.exit) ?? []), to]);
  }
  for (const block of blocks.values()) {
    block.keepsResponse = reads.some(({ variable }) => variable.startsWith(`steps.${block.id}.`));
  }

  const begin = [...blocks.values()].find((block) => block.type === 'begin');
  if (!begin || !choice) throw new AppError('invalid', 'The workflow has no Begin block.');
  const readsNames = graph.blocks.some((block) => types.get(block.type)?.readsNames === true);
  const all = [...blocks.values()];
  return {
    blocks,
    begin,
    choice,
    trigger,
    event,
    webhook,
    readsNames,
    readable: all.filter(isReadable).map((block) => block.id),
    isHarmful: all.some(({ effect }) => effect !== null && effect.limitKind !== null),
    globals: [...new Set(reads.flatMap(({ variable }) => globalNameIn(variable) ?? []))],
    atEnd: firstAtEnd(all),
  };
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
