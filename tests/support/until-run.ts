import { isFinished, type Run } from '#domain/run';
import type { World } from './engine-world.ts';

type Runs = Pick<World, 'runner'>;

/** Resolves when a run has a status, and fails when it has ended with another. */
export async function untilRun(world: Runs, id: string, status: Run['status']): Promise<Run> {
  for (;;) {
    const { run } = await world.runner.details(id);
    if (run.status === status) return run;
    if (isFinished(run.status)) throw new Error(`The run is ${run.status}: ${run.error}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Resolves when a run has ended, whatever became of it. */
export async function untilEnded(world: Runs, id: string): Promise<Run> {
  for (;;) {
    const { run } = await world.runner.details(id);
    if (isFinished(run.status)) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
