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

/** Which of it nothing takes back: said before a version becomes active. Null where all of it can be. */
export function undoSentence(harms: readonly BlockHarm[]): string | null {
  const parts = [
    namesOf(harms, 'permanent', 'cannot be undone'),
    namesOf(harms, 'recoverable', 'can be brought back at the vendor only, and only for some days'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

function namesOf(harms: readonly BlockHarm[], kind: Harm['undo']['kind'], words: string): string | null {
  const names = harms.filter(({ undo }) => undo.kind === kind).map(({ block }) => `“${block}”`);
  return names.length === 0
    ? null
    : `What ${names.join(' and ')} ${names.length === 1 ? 'does' : 'do'} ${words}.`;
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
