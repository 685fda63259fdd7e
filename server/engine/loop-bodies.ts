import type { Graph } from '../domain/workflow.ts';
import type { BlockDefinition } from './block.ts';
import { reachableByExit } from './graph.ts';
import { parseSettings } from './parse-settings.ts';

/** What loops mean for the blocks within them. */
export interface LoopBodies {
  /** Blocks that work on one account of a person after the other. */
  withAccounts: ReadonlySet<string>;
  /** How often a block may happen for one record, as far as loops make it more than once. */
  times(block: string): number;
  /** Loops with their bodies. */
  bodies: ReadonlyMap<string, ReadonlySet<string>>;
}

export function findLoopBodies(graph: Graph, types: ReadonlyMap<string, BlockDefinition>): LoopBodies {
  const withAccounts = new Set<string>();
  const bodies = new Map<string, Set<string>>();
  const most = new Map<string, number>();
  for (const block of graph.blocks) {
    const type = types.get(block.type);
    if (!type?.loop) continue;
    const parsed = parseSettings(type, block.settings);
    if (!parsed.ok) continue;
    const size = type.loop(parsed.settings);
    const body = reachableByExit(block.id, 'each', graph);
    bodies.set(block.id, body);
    most.set(block.id, size.most);
    if (size.isOverAccounts) for (const id of body) withAccounts.add(id);
  }
  return {
    withAccounts,
    bodies,
    times(block) {
      let times = 1;
      for (const [loop, body] of bodies) if (body.has(block)) times *= most.get(loop) ?? 1;
      return times;
    },
  };
}
