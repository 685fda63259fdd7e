import type { Page } from 'playwright-core';

/**
 * Does one thing after the other, each in a frame of its own, and tells how long the page worked on the slowest: in
 * time of its own thread, so that whatever else this machine does meanwhile is no part of it.
 */
export async function slowestFrame(page: Page, acts: readonly (() => Promise<void>)[]): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const painted = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

  const times: number[] = [];
  for (const act of acts) {
    const before = await worked();
    await act();
    await painted();
    times.push((await worked()) - before);
  }
  await session.detach();
  return Math.round(Math.max(...times));
}
