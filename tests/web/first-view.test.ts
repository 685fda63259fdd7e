import { describe, expect, it } from 'vitest';
import { firstViewOf } from '../../web/editor/use-first-view.ts';

const pane = { width: 960, height: 640 };
const readable = 0.72;
const view = (width: number, height = 400) => firstViewOf({ x: 0, y: 0, width, height }, pane, readable);

describe('what is seen of a workflow when it opens', () => {
  it('is all of a small one, never enlarged', () => {
    expect(view(500)).toEqual({ x: 230, y: 120, zoom: 1 });
  });

  it('is all of one that is a little too wide to be readable, so that its last block is not cut', () => {
    const { x, zoom } = view(1400);

    expect(zoom).toBeLessThan(readable);
    expect(x).toBeGreaterThan(0);
    expect(x + 1400 * zoom).toBeLessThan(pane.width);
  });

  it('is all of a recipe in four columns, beside the records of its run in a window of 1280 pixels', () => {
    const { x, zoom } = firstViewOf(
      { x: 0, y: 0, width: 1347, height: 500 },
      { width: 680, height: 560 },
      0.6,
    );

    expect(x + 1347 * zoom).toBeLessThan(680);
  });

  it('is the readable start of a long one', () => {
    expect(view(4000)).toMatchObject({ x: 28, zoom: readable });
  });

  it('is the readable start of a high one', () => {
    expect(view(600, 4000)).toMatchObject({ y: 28, zoom: readable });
  });
});
