import type { Page } from 'playwright-core';

type Acts = readonly (() => Promise<void>)[];

const tries = 3;

/**
 * Does one thing after the other and tells how long the page worked on the slowest frame, in ms: between two animation
 * frames, in time of its own thread, so that whatever else this machine does meanwhile is no part of it. Its caches are
 * shared all the same, so what took longer than is good enough is done again, at most twice.
 */
export async function slowestFrame(page: Page, acts: Acts, goodEnoughMs = 50): Promise<number> {
  let slowest = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries && slowest > goodEnoughMs; n += 1)
    slowest = Math.min(slowest, await slowestOf(page, acts));
  return slowest;
}

async function slowestOf(page: Page, acts: Acts): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const nextFrame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));

  const times: number[] = [];
  let before = await worked();
  const endFrame = async (): Promise<void> => {
    await nextFrame();
    const now = await worked();
    times.push(now - before);
    before = now;
  };
  for (const act of acts) {
    await act();
    await endFrame();
    // What it set off is drawn, and may set off more.
    await endFrame();
  }
  await session.detach();
  return Math.round(Math.max(...times));
}
