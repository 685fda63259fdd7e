import type { BlockType } from '#contract';

/** Measures of a block card in pixels, shared by the style sheet, the layout and the handles. */
export const cardWidth = 240;
const headHeight = 58;
const exitHeight = 24;
const footPadding = 6;
const border = 1;

/** The handles, centred on the border of the card. */
export const inputSize = { width: 7, height: 18 };
export const outputSize = { width: 11, height: 11 };

/** Every card has at least one row below its head, so that the main way runs in a straight line. */
export function cardHeight(blockType: BlockType | undefined): number {
  const rows = Math.max(1, blockType?.exits.length ?? 1);
  return headHeight + rows * exitHeight + footPadding * 2 + border * 2;
}

/** Where a handle sits, from the top of the card; the input is level with the first exit. */
export const handleTop = (row: number): number =>
  headHeight + footPadding + row * exitHeight + exitHeight / 2;
