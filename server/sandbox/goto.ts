import { gotoPopulation } from './goto/company.ts';
import { imitateGoto } from './goto/imitation.ts';
import type { KeyStyle } from './goto/keys.ts';
import type { GotoTokenAnswer } from './goto/oauth-rules.ts';
import type { GotoMember } from './goto/user.ts';
import type { Sandbox, SandboxOptions } from './imitation.ts';
import { startImitation } from './start-imitation.ts';

export { accounts as gotoAccounts } from './goto/accounts.ts';
export { gotoClient } from './goto/oauth-rules.ts';

export interface GotoSandboxOptions extends SandboxOptions<GotoMember> {
  /** How users' keys are written in answers. */
  keys?: KeyStyle;
}

/** The API is at `${url}/admin/rest/v1`, OAuth at `${url}/oauth`. */
export type GotoSandbox = Sandbox<GotoMember, GotoTokenAnswer>;

/** Starts an imitation of GoTo Admin as a real HTTP server on this machine. Throws when the port is taken. */
export function startGotoSandbox(options: GotoSandboxOptions = {}): Promise<GotoSandbox> {
  const { keys = 'mixed' } = options;
  return startImitation(
    { population: gotoPopulation, imitate: (world) => imitateGoto(world, keys) },
    options,
  );
}
