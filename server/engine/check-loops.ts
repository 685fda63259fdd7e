import type { Graph, Issue } from '../domain/workflow.ts';
import { error, warning } from './issues.ts';
import type { LoopBodies } from './loop-bodies.ts';
import type { Findings } from './prepare.ts';

/** Entries of a loop within a loop need a name of their own, and a loop needs something to do. */
export function* checkLoops(
  graph: Graph,
  findings: ReadonlyMap<string, Findings>,
  { bodies }: LoopBodies,
): Iterable<Issue> {
  const nameOf = (id: string) => graph.blocks.find((block) => block.id === id)?.name ?? id;
  for (const [outer, body] of bodies) {
    if (body.size === 0) {
      yield warning(outer, 'Each leads nowhere, so nothing is done for the entries. Connect it to a block.');
    }
    const names = findings.get(outer)?.defines ?? [];
    for (const inner of bodies.keys()) {
      const same = body.has(inner) && findings.get(inner)?.defines.find((name) => names.includes(name));
      if (same) {
        yield error(
          inner,
          `"${nameOf(outer)}" around it has an entry "${same}", too. Call this one something else.`,
        );
      }
    }
  }
}
