import {
  type Announcements,
  type CollisionDetection,
  closestCenter,
  type KeyboardCoordinateGetter,
  pointerWithin,
} from '@dnd-kit/core';

/** Under the pointer; with the keyboard, where there is none, the nearest. */
export const findTarget: CollisionDetection = (args) =>
  args.pointerCoordinates ? pointerWithin(args) : closestCenter(args);

/** Where a vendor's field is dropped to make a new field of ours for it. */
export const newFieldArea = '+new';

const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The arrow keys go from target to target, in the order in which they stand on the page. */
export const moveByTarget: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const step = steps[event.code];
  if (!step) return;
  event.preventDefault();
  const targets = [...context.droppableRects.entries()].sort(
    ([, a], [, b]) => a.left - b.left || a.top - b.top,
  );
  if (targets.length === 0) return;
  const at = targets.findIndex(([id]) => id === context.over?.id);
  const next = targets[(at + step + targets.length) % targets.length]?.[1];
  const dragged = context.collisionRect;
  if (!next || !dragged) return;
  return {
    x: currentCoordinates.x + next.left + next.width / 2 - (dragged.left + dragged.width / 2),
    y: currentCoordinates.y + next.top + next.height / 2 - (dragged.top + dragged.height / 2),
  };
};

/** What a screen reader says while a field is dragged. */
export function announcements(
  sourceOf: (id: string) => string,
  targetOf: (id: string) => string,
): Announcements {
  return {
    onDragStart: ({ active }) =>
      `Picked up ${sourceOf(String(active.id))}. Use the arrow keys to choose a field.`,
    onDragOver: ({ active, over }) =>
      over ? `${sourceOf(String(active.id))} is over ${targetOf(String(over.id))}.` : 'Over no field.',
    onDragEnd: ({ active, over }) =>
      over ? `${sourceOf(String(active.id))} fills ${targetOf(String(over.id))} now.` : 'Nothing changed.',
    onDragCancel: () => 'Nothing changed.',
  };
}
