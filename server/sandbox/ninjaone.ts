import type { Sandbox, SandboxOptions } from './imitation.ts';
import { ninjaPopulation } from './ninjaone/company.ts';
import { imitateNinja } from './ninjaone/imitation.ts';
import type { NinjaTokenAnswer } from './ninjaone/oauth-rules.ts';
import type { NinjaUser } from './ninjaone/user.ts';
import { startImitation } from './start-imitation.ts';

export { ninjaClient } from './ninjaone/oauth-rules.ts';

export interface NinjaSandboxOptions extends SandboxOptions<NinjaUser> {
  /** For the whole instance. The vendor publishes no number. */
  requestsPerSecond?: number;
}

/** The API is at `${url}/v2`, OAuth at `${url}/ws/oauth`. */
export type NinjaSandbox = Sandbox<NinjaUser, NinjaTokenAnswer>;

/** Starts an imitation of NinjaOne as a real HTTP server on this machine. Throws when the port is taken. */
export function startNinjaSandbox(options: NinjaSandboxOptions = {}): Promise<NinjaSandbox> {
  const { requestsPerSecond = 300 } = options;
  return startImitation(
    { population: ninjaPopulation, imitate: (world) => imitateNinja(world, requestsPerSecond) },
    options,
  );
}
