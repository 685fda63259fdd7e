import type { Box } from './arrange.ts';

export type Heading = 'left' | 'right' | 'up' | 'down';

/** The nearest box in a direction, as the arrow keys walk; straight ahead counts more than aside. */
export function neighbourOf(boxes: readonly Box[], id: string, heading: Heading): string | null {
  const from = boxes.find((box) => box.id === id);
  if (!from) return boxes[0]?.id ?? null;
  let best: { id: string; distance: number } | null = null;
  for (const box of boxes) {
    if (box.id === id) continue;
    const [ahead, aside] = offsets(from, box, heading);
    if (ahead <= 0) continue;
    const distance = ahead + aside * 2.5;
    if (!best || distance < best.distance) best = { id: box.id, distance };
  }
  return best?.id ?? null;
}

/** How far a box lies ahead and how far aside, from centre to centre. */
function offsets(from: Box, to: Box, heading: Heading): [ahead: number, aside: number] {
  const dx = to.x + to.width / 2 - from.x - from.width / 2;
  const dy = to.y + to.height / 2 - from.y - from.height / 2;
  switch (heading) {
    case 'left':
      return [-dx, Math.abs(dy)];
    case 'right':
      return [dx, Math.abs(dy)];
    case 'up':
      return [-dy, Math.abs(dx)];
    case 'down':
      return [dy, Math.abs(dx)];
  }
}
