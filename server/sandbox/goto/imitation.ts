import { addJsonParser } from '../api.ts';
import type { Imitation } from '../imitation.ts';
import { createOAuth } from '../oauth.ts';
import { createRateLimit } from '../rate.ts';
import type { World } from '../world.ts';
import { callerOf, placesOf } from './access.ts';
import { accounts } from './accounts.ts';
import { type KeyStyle, parseLossless } from './keys.ts';
import { type GotoTokenAnswer, gotoOAuth } from './oauth-rules.ts';
import { GotoRefusal, notAuthenticated, notFound, toErrorBody } from './refusal.ts';
import type { GotoMember } from './user.ts';
import { adminRoutes } from './users.ts';

/** For all of the Admin API. Source: https://developer.goto.com/guides/References/05_Rate-limits/ */
const requestsPerSecond = 10;

/** GoTo Admin. Source: https://developer.goto.com/GoToAdminV1 */
export function imitateGoto(
  world: World<GotoMember>,
  keys: KeyStyle,
): Imitation<GotoMember, GotoTokenAnswer> {
  const oauth = createOAuth(world, gotoOAuth);
  const rate = createRateLimit({ perSecond: requestsPerSecond, now: world.now });

  return {
    title: 'GoTo',
    prefix: '',
    apiPath: '/admin/rest/v1',
    issueToken: oauth.issueToken,
    admit(call, request) {
      if (call.path.startsWith('/oauth/')) return;
      call.caller = oauth.identify(call, request.headers.authorization);
      if (!call.caller) throw notAuthenticated();
      // How long to wait is not said.
      if (rate.take('admin') !== null) throw new GotoRefusal(429, 'TOO_MANY_REQUESTS', 'Too many requests.');
    },
    serve(app) {
      app.register(async (login) => oauth.routes(login));
      app.register(
        async (admin) => {
          addJsonParser(admin, parseLossless);
          adminRoutes(admin, { world, keys });
        },
        { prefix: '/admin/rest/v1' },
      );
      app.get('/identity/v1/Users/me', (request, reply) => {
        const { user } = callerOf(request).person;
        const mine = placesOf(world, request).map((place) => place.accountKey);
        const listed = accounts.filter(({ key }) => mine.includes(key));
        reply.send({
          id: user.key,
          userName: user.email,
          accounts: listed.map(({ key, name }) => ({ value: key, display: name })),
        });
      });
    },
    personIdOf: (path) => /^\/admin\/rest\/v1\/accounts\/\d+\/users\/(\d+)$/.exec(path)?.[1] ?? null,
    refuseUnknown: (_method, path) => notFound(path),
    toErrorBody,
  };
}
