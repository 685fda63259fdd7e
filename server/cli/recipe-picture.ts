import { type BlockType, exitsOf } from '#domain/block-type';
import type { Block, Edge, Graph } from '#domain/workflow';

/** As cards measure on the canvas. */
const card = { width: 240, head: 64, row: 24, bottom: 6 };
const margin = 40;
const longestName = 30;
/** How far behind an exit an edge turns, and how far above a card the lane is that leads back to the left. */
const turn = { first: 50, step: 8, back: 16, lane: 20, radius: 12 };

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
  const below = Math.max(0, source.exits.length - 1 - row) * turn.step;
  return `<path class="edge ${tone}" d="${toPath(wayBetween(start, end, below, target.block.position.y))}"/>`;
}

interface Point {
  x: number;
  y: number;
}

/** As the canvas leads edges: to the right soon after the exit, to the left in the free lane above the card. */
function wayBetween(start: Point, end: Point, below: number, top: number): Point[] {
  if (end.x > start.x) {
    const x = start.x + turn.first + below;
    return start.y === end.y ? [start, end] : [start, { x, y: start.y }, { x, y: end.y }, end];
  }
  const [right, left, lane] = [start.x + turn.back + below, end.x - turn.back - below, top - turn.lane];
  return [
    start,
    { x: right, y: start.y },
    { x: right, y: lane },
    { x: left, y: lane },
    { x: left, y: end.y },
    end,
  ];
}

/** Straight lines with round corners. */
function toPath([first, ...rest]: readonly Point[]): string {
  let path = `M${first?.x} ${first?.y}`;
  let from = first;
  for (const [i, to] of rest.entries()) {
    const next = rest[i + 1];
    if (!from || !next) {
      path += ` L${to.x} ${to.y}`;
      continue;
    }
    const near = Math.min(turn.radius, distance(from, to) / 2, distance(to, next) / 2);
    const [before, after] = [towards(to, from, near), towards(to, next, near)];
    path += ` L${before.x} ${before.y} Q${to.x} ${to.y} ${after.x} ${after.y}`;
    from = to;
  }
  return path;
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** On the straight line from one point to another, so far from the first. */
const towards = (from: Point, to: Point, by: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * by,
  y: from.y + Math.sign(to.y - from.y) * by,
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
