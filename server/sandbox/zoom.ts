import type { Sandbox, SandboxOptions } from './imitation.ts';
import { startImitation } from './start-imitation.ts';
import { zoomPopulation } from './zoom/company.ts';
import { imitateZoom } from './zoom/imitation.ts';
import type { ZoomPlan } from './zoom/limits.ts';
import type { ZoomTokenAnswer } from './zoom/oauth-rules.ts';
import type { ZoomUser } from './zoom/user.ts';

export { zoomClient } from './zoom/oauth-rules.ts';

export interface ZoomSandboxOptions extends SandboxOptions<ZoomUser> {
  /** Decides how many requests a second and a day are let through. */
  plan?: ZoomPlan;
  /** How many users may be Licensed at once. */
  licensedSeats?: number;
}

/** The API is at `${url}/v2`, OAuth at `${url}/oauth`. */
export type ZoomSandbox = Sandbox<ZoomUser, ZoomTokenAnswer>;

/** Starts an imitation of Zoom as a real HTTP server on this machine. Throws when the port is taken. */
export function startZoomSandbox(options: ZoomSandboxOptions = {}): Promise<ZoomSandbox> {
  const { plan = 'business', licensedSeats = 500 } = options;
  return startImitation(
    { population: zoomPopulation, imitate: (world, url) => imitateZoom(world, { plan, licensedSeats, url }) },
    options,
  );
}
