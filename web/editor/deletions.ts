import type { Graph, Vendor } from '#contract';
import { deletesIn } from './harm.ts';

/** Blocks of a graph that delete, and where. */
export type Deletion = { block: string; where: string };

export function findDeletions(graph: Graph, vendors: ReadonlyMap<string, Vendor>): Deletion[] {
  return graph.blocks.flatMap((block) => {
    const where = deletesIn(block, vendors);
    return where === null ? [] : [{ block: block.name, where }];
  });
}

/** Such as: `This workflow deletes accounts in Webex (1 block: Delete User).` */
export function deletionWords(deletions: readonly Deletion[]): string {
  const places = [...new Set(deletions.map((deletion) => deletion.where))].join(' and ');
  const names = deletions.map((deletion) => deletion.block).join(', ');
  const blocks = deletions.length === 1 ? 'the block' : `${deletions.length} blocks:`;
  return `This workflow deletes accounts in ${places}, by ${blocks} ${names}.`;
}
