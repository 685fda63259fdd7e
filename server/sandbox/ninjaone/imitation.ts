import { addJsonParser } from '../api.ts';
import type { Imitation } from '../imitation.ts';
import { createOAuth } from '../oauth.ts';
import { createRateLimit } from '../rate.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { tokenRefused } from './access.ts';
import { type NinjaTokenAnswer, ninjaOAuth } from './oauth-rules.ts';
import { toErrorBody } from './refusal.ts';
import { otherRoutes, roleRoutes } from './roles.ts';
import type { NinjaUser } from './user.ts';
import { userRoutes } from './users.ts';

/** Both answer alike. */
const prefixes = ['/v2', '/api/v2'];

/** NinjaOne. Source: https://app.ninjarmm.com/apidocs/ */
export function imitateNinja(
  world: World<NinjaUser>,
  requestsPerSecond: number,
): Imitation<NinjaUser, NinjaTokenAnswer> {
  const oauth = createOAuth(world, ninjaOAuth);
  const rate = createRateLimit({ perSecond: requestsPerSecond, now: world.now });

  return {
    title: 'NinjaOne',
    prefix: '',
    apiPath: '/v2',
    issueToken: oauth.issueToken,
    admit(call, request) {
      if (call.path.startsWith('/ws/oauth/')) return;
      call.caller = oauth.identify(call, request.headers.authorization);
      if (!call.caller) throw tokenRefused();
      // How long to wait is not said.
      if (rate.take('instance') !== null) throw new Refusal(429, 'Too many requests.');
    },
    serve(app) {
      app.register(async (login) => oauth.routes(login));
      for (const prefix of prefixes) {
        app.register(
          async (api) => {
            addJsonParser(api);
            userRoutes(api, world);
            roleRoutes(api, world);
            otherRoutes(api);
          },
          { prefix },
        );
      }
    },
    personIdOf: (path) => /^(?:\/api)?\/v2\/user\/(?:technician|end-user)\/(\d+)$/.exec(path)?.[1] ?? null,
    refuseUnknown: () => new Refusal(404, 'Not found.'),
    toErrorBody,
  };
}
