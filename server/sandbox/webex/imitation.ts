import { addJsonParser } from '../api.ts';
import type { Imitation } from '../imitation.ts';
import { createOAuth } from '../oauth.ts';
import { createRateLimit } from '../rate.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { toErrorBody, toTrackingId } from './error-body.ts';
import { licenseChangeRoutes } from './license-changes.ts';
import { type WebexTokenAnswer, webexOAuth } from './oauth-rules.ts';
import { peopleRoutes } from './people.ts';
import type { WebexPerson } from './person.ts';

export type { WebexTokenAnswer } from './oauth-rules.ts';

const allowedMethods: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/people$/, 'GET, POST'],
  [/^\/v1\/people\/me$/, 'GET'],
  [/^\/v1\/people\/[^/]+$/, 'GET, PUT, DELETE'],
  [/^\/v1\/(roles|licenses)$/, 'GET'],
  [/^\/v1\/licenses\/users$/, 'PATCH'],
  [/^\/v1\/authorize$/, 'GET, POST'],
  [/^\/v1\/access_token$/, 'POST'],
];

/** Webex. Source: https://developer.webex.com/docs/api/v1/people */
export function imitateWebex(
  world: World<WebexPerson>,
  requestsPerSecond: number,
): Imitation<WebexPerson, WebexTokenAnswer> {
  const oauth = createOAuth(world, webexOAuth);
  const rate = createRateLimit({ perSecond: requestsPerSecond, now: world.now });

  return {
    title: 'Webex',
    prefix: '/v1',
    apiPath: '/v1',
    issueToken: oauth.issueToken,
    admit(call, request) {
      call.caller = oauth.identify(call, request.headers.authorization);
      if (call.path.startsWith('/v1/authorize')) return;

      const retryAfterSeconds = rate.take(call.caller?.person.id ?? 'nobody');
      if (retryAfterSeconds === null) return;
      throw new Refusal(429, 'Too many requests.', { 'retry-after': String(retryAfterSeconds) });
    },
    serve(app) {
      app.register(async (login) => oauth.routes(login));
      app.register(async (people) => {
        addJsonParser(people);
        peopleRoutes(people, world);
        licenseChangeRoutes(people, world);
      });
    },
    personIdOf: (path) => /^\/v1\/people\/([A-Za-z0-9_=-]{20,})$/.exec(path)?.[1] ?? null,
    refuseUnknown(method, path) {
      const allow = allowedMethods.find(([pattern]) => pattern.test(path))?.[1];
      if (allow === undefined) return new Refusal(404, 'The requested resource could not be found.');
      return new Refusal(405, `${method} is not supported here.`, { allow });
    },
    toErrorBody: ({ message }, reference) => toErrorBody(message, toTrackingId(reference)),
    headersOf: (reference) => ({ trackingId: toTrackingId(reference) }),
  };
}
