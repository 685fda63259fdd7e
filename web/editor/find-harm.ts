import { type Graph, harmfulEffects, type Vendor } from '#contract';
import { harmWords } from './effect-words.ts';
import { type Harm, harmOf } from './harm.ts';

/** Blocks of a graph that take something from people, the worst first. */
export type BlockHarm = Harm & { block: string };

export function findHarm(graph: Graph, vendors: ReadonlyMap<string, Vendor>): BlockHarm[] {
  const found = graph.blocks.flatMap((block) => {
    const harm = harmOf(block, vendors);
    return harm === null ? [] : [{ ...harm, block: block.name }];
  });
  return found.sort((a, b) => harmfulEffects.indexOf(a.does) - harmfulEffects.indexOf(b.does));
}

/** Such as: `This workflow deletes accounts in Webex, by the block Delete User.` One sentence for each effect. */
export function harmSentences(harms: readonly BlockHarm[]): string {
  const effects = [...new Set(harms.map(({ does }) => does))];
  const sentences = effects.map((does, i) => {
    const same = harms.filter((harm) => harm.does === does);
    const places = [...new Set(same.map(({ where }) => where))].join(' and ');
    const names = same.map(({ block }) => block).join(', ');
    const blocks = same.length === 1 ? 'the block' : `${same.length} blocks:`;
    return `${i === 0 ? 'This workflow' : 'It'} ${harmWords[does]} in ${places}, by ${blocks} ${names}.`;
  });
  return sentences.join(' ');
}
