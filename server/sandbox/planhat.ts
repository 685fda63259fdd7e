import type { Sandbox, SandboxOptions } from './imitation.ts';
import { planhatPopulation } from './planhat/company.ts';
import { imitatePlanhat, type PlanhatTokenAnswer } from './planhat/imitation.ts';
import type { PlanhatUser } from './planhat/user.ts';
import { startImitation } from './start-imitation.ts';

export { planhatToken } from './planhat/imitation.ts';

/** The API is at `${url}/users`. */
export type PlanhatSandbox = Sandbox<PlanhatUser, PlanhatTokenAnswer>;

/** Starts an imitation of Planhat as a real HTTP server on this machine. Throws when the port is taken. */
export function startPlanhatSandbox(options: SandboxOptions<PlanhatUser> = {}): Promise<PlanhatSandbox> {
  return startImitation({ population: planhatPopulation, imitate: imitatePlanhat }, options);
}
