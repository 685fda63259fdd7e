import { addJsonParser } from '../api.ts';
import { createGate } from '../gate.ts';
import type { Grant } from '../grants.ts';
import type { Imitation } from '../imitation.ts';
import { readBasic } from '../oauth-rules.ts';
import { createQuota } from '../quota.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { PlanhatUser } from './user.ts';
import { userRoutes } from './users.ts';

/** The one API access token that the sandbox knows; it never expires. */
export const planhatToken = 'sandbox-token-planhat';

const minuteMs = 60_000;

/** Source: https://docs.planhat.com/#rate_limits */
const requestsPerMinute = 200;
const mostAtOnce = 50;

export interface PlanhatTokenAnswer {
  access_token: string;
  token_type: 'Bearer';
}

/** Planhat. Source: https://docs.planhat.com */
export function imitatePlanhat(world: World<PlanhatUser>): Imitation<PlanhatUser, PlanhatTokenAnswer> {
  const quota = createQuota({ limit: requestsPerMinute, windowMs: minuteMs, now: world.now });
  const gate = createGate(mostAtOnce);
  const grant: Grant = {
    id: 'tok_1',
    personId: world.accountId,
    scope: '',
    isMachine: true,
    accessHash: '',
    accessExpiresAtMs: Number.MAX_SAFE_INTEGER,
    refreshHash: null,
    refreshExpiresAtMs: 0,
    refreshes: 0,
    replaces: null,
  };

  return {
    title: 'Planhat',
    prefix: '',
    apiPath: '/users',
    issueToken: () => ({ access_token: planhatToken, token_type: 'Bearer' }),
    admit(call, request, reply) {
      if (!isTokenIn(request.headers.authorization)) throw new Refusal(403, 'Forbidden');
      const person = world.roster.find(world.accountId);
      call.caller = person ? { grant, person } : null;
      if (quota.take('tenant').isSpent || !gate.enter('tenant', reply)) {
        throw new Refusal(429, 'Too Many Requests');
      }
    },
    serve(app) {
      app.register(async (api) => {
        addJsonParser(api);
        userRoutes(api, world);
      });
    },
    personIdOf: (path) => /^\/users\/([0-9a-f]{24})$/.exec(path)?.[1] ?? null,
    refuseUnknown: (method, path) => new Refusal(400, `Cannot ${method} ${path}`),
    toErrorBody,
  };
}

/** As `Bearer <token>`, or as the user name of HTTP Basic with an empty password. */
function isTokenIn(authorization: string | undefined): boolean {
  if (/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] === planhatToken) return true;
  const basic = readBasic(authorization);
  return basic?.user === planhatToken && basic.password === '';
}

/** Planhat says what is wrong in `message`, in `error`, or in plain text. */
function toErrorBody({ status, message }: Refusal): unknown {
  if (status === 403) return { error: message };
  return status === 429 ? message : { message };
}
