import { addJsonParser } from '../api.ts';
import { createGate } from '../gate.ts';
import type { Imitation } from '../imitation.ts';
import { createOAuth } from '../oauth.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { tokenRefused } from './access.ts';
import { createZoomLimits, type ZoomPlan } from './limits.ts';
import { type ZoomTokenAnswer, zoomOAuth } from './oauth-rules.ts';
import { toErrorBody, ZoomRefusal } from './refusal.ts';
import { roleRoutes } from './roles.ts';
import type { ZoomUser } from './user.ts';
import { changingRoutes } from './user-changes.ts';
import { leavingRoutes, readingRoutes } from './users.ts';

/** Zoom. Source: https://developers.zoom.us/docs/api/ */
export function imitateZoom(
  world: World<ZoomUser>,
  { plan, licensedSeats, url }: { plan: ZoomPlan; licensedSeats: number; url: () => string },
): Imitation<ZoomUser, ZoomTokenAnswer> {
  const oauth = createOAuth(world, zoomOAuth(url));
  const limits = createZoomLimits(plan, world.now);
  const gate = createGate(1);

  return {
    title: 'Zoom',
    prefix: '',
    apiPath: '/v2',
    issueToken: oauth.issueToken,
    admit(call, request, reply) {
      if (call.path.startsWith('/oauth/')) return;
      call.caller = oauth.identify(call, request.headers.authorization);
      if (!call.caller) throw tokenRefused();
      const path = call.path.split('?')[0]!;
      limits.take(call.method, path, reply);
      const lock = lockOf(call.method, path);
      if (lock === null || gate.enter(lock, reply)) return;
      throw new Refusal(429, 'Too many concurrent requests. A request like this one is under way.');
    },
    serve(app) {
      app.register(async (login) => oauth.routes(login));
      app.register(
        async (api) => {
          addJsonParser(api);
          readingRoutes(api, world);
          changingRoutes(api, world, licensedSeats);
          leavingRoutes(api, world);
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

/** Users are added one at a time, and each user is removed once at a time. */
function lockOf(method: string, path: string): string | null {
  if (method === 'POST' && path === '/v2/users') return 'add';
  return method === 'DELETE' && /^\/v2\/users\/[^/]+$/.test(path) ? path : null;
}
