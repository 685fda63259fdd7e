import type { Block, BlockType, Graph } from '#contract';

/** A block type with these exits; the first leads on, `failure` and `unknown` are drawn as such. */
function aBlockType(type: string, exits: string[] = ['success', 'failure'], more: Partial<BlockType> = {}) {
  const toneOf = (exit: string, at: number) => {
    if (exit === 'failure' || exit === 'unknown') return exit;
    return at === 0 ? ('main' as const) : ('other' as const);
  };
  const blockType: BlockType = {
    type,
    title: type,
    summary: '',
    group: 'api',
    level: 'record',
    exits: exits.map((id, at) => ({ id, label: id, tone: toneOf(id, at) })),
    hasInput: true,
    form: [],
    panel: 'form',
    defaults: {},
    ...more,
  };
  return blockType;
}

export const blockTypes: ReadonlyMap<string, BlockType> = new Map(
  [
    aBlockType('begin', ['next'], { hasInput: false, level: 'run' }),
    aBlockType('end', []),
    aBlockType('api'),
    aBlockType('inactive-for', ['inactive', 'active', 'unknown']),
  ].map((blockType) => [blockType.type, blockType]),
);

export const aBlock = (id: string, type = 'api', more: Partial<Block> = {}): Block => ({
  id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  settings: {},
  ...more,
});

/** Begin, then the named blocks one after the other by their first exits, then End. */
export function aChain(...ids: string[]): Graph {
  const blocks = [aBlock('begin', 'begin'), ...ids.map((id) => aBlock(id)), aBlock('end', 'end')].map(
    (block, at) => ({ ...block, position: { x: at * 336, y: 0 } }),
  );
  const edges = blocks.slice(0, -1).map((block, at) => {
    const exit = block.type === 'begin' ? 'next' : 'success';
    const to = blocks[at + 1]?.id ?? '';
    return { id: `${block.id}.${exit}.${to}`, from: block.id, exit, to };
  });
  return { blocks, edges };
}
