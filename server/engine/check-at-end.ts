import type { Graph, Issue } from '../domain/workflow.ts';
import type { BlockDefinition } from './block.ts';
import { reachableFrom } from './graph.ts';
import { error } from './issues.ts';
import { parseSettings } from './parse-settings.ts';
import type { Findings } from './prepare.ts';

/** Blocks that happen once when all records are done, and what stands behind them. */
export interface AtEnd {
  ends: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

export function blocksAtEnd(graph: Graph, types: ReadonlyMap<string, BlockDefinition>): AtEnd {
  const ends = new Set<string>();
  const after = new Set<string>();
  for (const block of graph.blocks) {
    const type = types.get(block.type);
    const parsed = type?.isAtEnd && parseSettings(type, block.settings);
    if (!parsed?.ok || !type?.isAtEnd?.(parsed.settings)) continue;
    ends.add(block.id);
    for (const edge of graph.edges) {
      if (edge.from !== block.id) continue;
      for (const id of reachableFrom(edge.to, graph)) after.add(id);
    }
  }
  return { ends, after };
}

/** What happens once for a run has no record whose values it could read. */
export function* checkAfterEnd(
  graph: Graph,
  findings: ReadonlyMap<string, Findings>,
  { after }: AtEnd,
  fields: ReadonlySet<string>,
): Iterable<Issue> {
  const isOfRecord = (variable: string): boolean => {
    const [root = ''] = variable.split('.');
    return fields.has(root) || root === 'person' || root === 'saas_user';
  };
  for (const { id } of graph.blocks) {
    if (!after.has(id)) continue;
    for (const { variable, setting } of findings.get(id)?.reads ?? []) {
      if (!isOfRecord(variable)) continue;
      yield error(
        id,
        `This block happens once for the run, behind Collect, so there is no record whose "${variable}" it could read. Use sums such as {{run.total}}.`,
        setting,
      );
    }
  }
}
