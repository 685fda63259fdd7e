/** What a picture of a canvas shows, read from its SVG. */

interface Card {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
type Point = readonly [x: number, y: number];
export type Way = readonly Point[];
type Line = readonly [from: Point, to: Point];

export function cardsIn(picture: string): Card[] {
  const card =
    /<rect class="card" x="([\d.-]+)" y="([\d.-]+)" width="(\d+)" height="(\d+)"[^>]*>\s*<text class="name"[^>]*>([^<]*)/g;
  return [...picture.matchAll(card)].map(([, x, y, width, height, name = '']) => ({
    ...{ name, x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
  }));
}

/** The corners of every edge, before they were rounded. */
export function waysIn(picture: string): Way[] {
  return [...picture.matchAll(/<path class="edge[^"]*" d="([^"]+)"/g)].map(([, path = '']) => {
    const [first = '', last = ''] = [path.split(' L')[0]?.slice(1), path.split('L').at(-1)];
    const corners = [...path.matchAll(/Q([\d.-]+ [\d.-]+)/g)].map(([, corner = '']) => corner);
    return [first, ...corners, last].map(toPoint);
  });
}

const toPoint = (text: string): Point => {
  const [x = Number.NaN, y = Number.NaN] = text.trim().split(' ').map(Number);
  return [x, y];
};

const linesOf = (way: Way): Line[] => way.slice(1).map((to, i) => [way[i] as Point, to]);
const within = (value: number, a: number, b: number): boolean =>
  value > Math.min(a, b) && value < Math.max(a, b);

/** Pairs of cards that share a place. */
export function overlaps(cards: readonly Card[]): string[] {
  return cards.flatMap((a, i) =>
    cards
      .slice(i + 1)
      .filter(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      )
      .map((b) => `${a.name} covers ${b.name}`),
  );
}

/** The cards that an edge runs through. */
export function runsThrough(way: Way, cards: readonly Card[]): string[] {
  return linesOf(way).flatMap(([[x1, y1], [x2, y2]]) =>
    cards
      .filter(({ x, y, width, height }) =>
        x1 === x2
          ? within(x1, x, x + width) && Math.max(y1, y2) > y && Math.min(y1, y2) < y + height
          : within(y1, y, y + height) && Math.max(x1, x2) > x && Math.min(x1, x2) < x + width,
      )
      .map(({ name }) => `An edge from ${way[0]?.join(',')} runs through ${name}`),
  );
}

/** Edges that cross; those that lead to the same place may meet. */
export function crossings(ways: readonly Way[]): string[] {
  return ways.flatMap((a, i) =>
    ways
      .slice(i + 1)
      .filter((b) => a.at(-1)?.join() !== b.at(-1)?.join())
      .filter((b) => linesOf(a).some((one) => linesOf(b).some((other) => cross(one, other))))
      .map((b) => `${a[0]?.join(',')} crosses ${b[0]?.join(',')}`),
  );
}

function cross([[ax1, ay1], [ax2, ay2]]: Line, [[bx1, by1], [bx2, by2]]: Line): boolean {
  if ((ax1 === ax2) === (bx1 === bx2)) return false;
  return ax1 === ax2
    ? within(ax1, bx1, bx2) && within(by1, ay1, ay2)
    : within(bx1, ax1, ax2) && within(ay1, by1, by2);
}
