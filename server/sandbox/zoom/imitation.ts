import { addJsonParser } from '../api.ts';
import type { Imitation } from '../imitation.ts';
import { createOAuth } from '../oauth.ts';
import type { World } from '../world.ts';
import { tokenRefused } from './access.ts';
import { createZoomLimits, type ZoomPlan } from './limits.ts';
import { type ZoomTokenAnswer, zoomOAuth } from './oauth-rules.ts';
import { toErrorBody, ZoomRefusal } from './refusal.ts';
import { roleRoutes } from './roles.ts';
import type { ZoomUser } from './user.ts';
import { userRoutes } from './users.ts';

/** Zoom. Source: https://developers.zoom.us/docs/api/ */
export function imitateZoom(
  world: World<ZoomUser>,
  { plan, url }: { plan: ZoomPlan; url: () => string },
): Imitation<ZoomUser, ZoomTokenAnswer> {
  const oauth = createOAuth(world, zoomOAuth(url));
  const limits = createZoomLimits(plan, world.now);

  return {
    title: 'Zoom',
    prefix: '',
    apiPath: '/v2',
    issueToken: oauth.issueToken,
    admit(call, request, reply) {
      if (call.path.startsWith('/oauth/')) return;
      call.caller = oauth.identify(call, request.headers.authorization);
      if (!call.caller) throw tokenRefused();
      limits.take(call.method, call.path.split('?')[0]!, reply);
    },
    serve(app) {
      app.register(async (login) => oauth.routes(login));
      app.register(
        async (api) => {
          addJsonParser(api);
          userRoutes(api, world);
          roleRoutes(api, world);
        },
        { prefix: '/v2' },
      );
    },
    personIdOf: (path) => /^\/v2\/users\/([\w-]{22})(?:\/|$)/.exec(path)?.[1] ?? null,
    refuseUnknown: () => new ZoomRefusal(404, 2300, { message: 'This API endpoint is not recognized.' }),
    toErrorBody,
  };
}
