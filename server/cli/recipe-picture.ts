import { type BlockType, exitsOf } from '#domain/block-type';
import type { Block, Edge, Graph } from '#domain/workflow';

const card = { width: 240, head: 56, row: 22, bottom: 10 };
const margin = 40;
const longestName = 30;

const style = `
  .ground { fill: #f7f8fb } .card { fill: #fff; stroke: #d9dde7 } .name { fill: #1d2433; font-weight: 600 }
  .type, .exit { fill: #596275 } .edge { fill: none; stroke: #a9b1c1; stroke-width: 1.75 }
  .failure { stroke: #dd7c79; stroke-dasharray: 6 4 } .unknown { stroke: #d9a23a; stroke-dasharray: 1 5; stroke-linecap: round }
  .dot { fill: #fff; stroke: #a9b1c1 } text { font-family: Inter, system-ui, sans-serif; font-size: 13px } .type, .exit { font-size: 11px }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #14171d } .card, .dot { fill: #1d2129; stroke: #343b48 } .name { fill: #e6e9f0 }
    .type, .exit { fill: #9ba5b7 } .edge { stroke: #586274 }
  }`;

/** A workflow as its canvas shows it, as an SVG that is the same for the same graph. */
export function toPicture(
  title: string,
  { blocks, edges }: Graph,
  types: ReadonlyMap<string, BlockType>,
): string {
  const places = new Map(blocks.map((block) => [block.id, { block, exits: exitsIn(block, types) }]));
  const right = Math.max(...blocks.map(({ position }) => position.x)) + card.width;
  const bottom = Math.max(
    ...[...places.values()].map(({ block, exits }) => block.position.y + heightOf(exits)),
  );
  const [left, top] = [
    Math.min(...blocks.map(({ position }) => position.x)),
    Math.min(...blocks.map(({ position }) => position.y)),
  ];
  const view = [left - margin, top - margin, right - left + margin * 2, bottom - top + margin * 2];
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view.join(' ')}" width="${view[2]}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}\n</style>`,
    `<rect class="ground" x="${view[0]}" y="${view[1]}" width="${view[2]}" height="${view[3]}"/>`,
    ...edges.map((edge) => toLine(edge, places)),
    ...[...places.values()].map(({ block, exits }) => toCard(block, exits, types)),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

type Exits = ReturnType<typeof exitsOf>;
type Places = ReadonlyMap<string, { block: Block; exits: Exits }>;

function exitsIn(block: Block, types: ReadonlyMap<string, BlockType>): Exits {
  const type = types.get(block.type);
  return type ? exitsOf(type, block.settings) : [];
}

const heightOf = (exits: Exits): number => card.head + Math.max(1, exits.length) * card.row + card.bottom;
const exitAt = (row: number): number => card.head + row * card.row + card.row / 2;

function toCard(
  { name, type, position: { x, y } }: Block,
  exits: Exits,
  types: ReadonlyMap<string, BlockType>,
) {
  const shown = name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
  const rows = exits.map(
    ({ label }, row) =>
      `<text class="exit" x="${x + card.width - 14}" y="${y + exitAt(row) + 4}" text-anchor="end">${escaped(label)}</text>` +
      `<circle class="dot" cx="${x + card.width}" cy="${y + exitAt(row)}" r="4"/>`,
  );
  return [
    `<rect class="card" x="${x}" y="${y}" width="${card.width}" height="${heightOf(exits)}" rx="10"/>`,
    `<text class="name" x="${x + 14}" y="${y + 24}">${escaped(shown)}</text>`,
    `<text class="type" x="${x + 14}" y="${y + 42}">${escaped(types.get(type)?.title ?? type)}</text>`,
    ...rows,
  ].join('\n');
}

function toLine({ from, exit, to }: Edge, places: Places): string {
  const source = places.get(from);
  const target = places.get(to);
  if (!source || !target) return '';
  const row = Math.max(
    0,
    source.exits.findIndex(({ id }) => id === exit),
  );
  const tone = source.exits[row]?.tone ?? 'main';
  const start = { x: source.block.position.x + card.width, y: source.block.position.y + exitAt(row) };
  const end = { x: target.block.position.x, y: target.block.position.y + exitAt(0) };
  const bend = Math.max(40, Math.abs(end.x - start.x) / 2);
  const isBack = end.x < start.x;
  const middle = (start.y + end.y) / 2;
  const path = isBack
    ? `M${start.x} ${start.y} C${start.x + 60} ${start.y} ${start.x + 60} ${middle} ${(start.x + end.x) / 2} ${middle} S${end.x - 60} ${end.y} ${end.x} ${end.y}`
    : `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
  return `<path class="edge ${tone}" d="${path}"/>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
