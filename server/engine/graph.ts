import type { Graph } from '../domain/workflow.ts';

function targets(graph: Graph): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  return next;
}

/** Ids of all blocks to which a path leads, the start included. */
export function reachableFrom(start: string, graph: Graph): Set<string> {
  const next = targets(graph);
  const reached = new Set([start]);
  for (const id of reached) for (const target of next.get(id) ?? []) reached.add(target);
  return reached;
}

/** Ids along one circle of edges, the first one repeated at the end; undefined when there is none. */
export function findCycle(graph: Graph): string[] | undefined {
  const next = targets(graph);
  const done = new Set<string>();
  for (const start of next.keys()) {
    // Depth first with a stack of our own: a chain may be as long as the graph is large.
    const path: string[] = [];
    const stack: { id: string; isLeave: boolean }[] = [{ id: start, isLeave: false }];
    while (stack.length > 0) {
      const { id, isLeave } = stack.pop()!;
      if (isLeave) {
        path.pop();
        done.add(id);
        continue;
      }
      const at = path.indexOf(id);
      if (at !== -1) return [...path.slice(at), id];
      if (done.has(id)) continue;
      path.push(id);
      stack.push({ id, isLeave: true });
      for (const target of next.get(id) ?? []) stack.push({ id: target, isLeave: false });
    }
  }
  return undefined;
}

/** Ids of the blocks to which a path leads from one exit of a block. */
export function reachableByExit(from: string, exit: string, graph: Graph): Set<string> {
  const reached = new Set<string>();
  for (const edge of graph.edges) {
    if (edge.from !== from || edge.exit !== exit) continue;
    for (const id of reachableFrom(edge.to, graph)) reached.add(id);
  }
  return reached;
}

/** Ids of all blocks from which a path leads to this one. */
export function leadingTo(goal: string, graph: Graph): Set<string> {
  const turned = graph.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  const found = reachableFrom(goal, { ...graph, edges: turned });
  found.delete(goal);
  return found;
}
