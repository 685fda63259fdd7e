import type { Sandbox, SandboxOptions } from './imitation.ts';
import { startImitation } from './start-imitation.ts';
import { imitateWebex, type WebexTokenAnswer } from './webex/imitation.ts';
import type { WebexPerson } from './webex/person.ts';
import { webexPopulation } from './webex/population.ts';

export { sandboxClient } from './webex/oauth-rules.ts';

export interface WebexSandboxOptions extends SandboxOptions<WebexPerson> {
  /** For each account. `Infinity` for no limit. */
  requestsPerSecond?: number;
}

/** The API is at `${url}/v1`. */
export type WebexSandbox = Sandbox<WebexPerson, WebexTokenAnswer>;

/** Starts an imitation of Webex as a real HTTP server on this machine. Throws when the port is taken. */
export function startWebexSandbox(options: WebexSandboxOptions = {}): Promise<WebexSandbox> {
  const { requestsPerSecond = 300 } = options;
  return startImitation(
    { population: webexPopulation, imitate: (world) => imitateWebex(world, requestsPerSecond) },
    options,
  );
}
