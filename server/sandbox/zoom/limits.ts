import type { FastifyReply } from 'fastify';
import { type Allowance, createQuota, type Quota } from '../quota.ts';
import { Refusal } from '../refusal.ts';

const secondMs = 1000;
const dayMs = 24 * 60 * 60 * 1000;

export const zoomPlans = ['free', 'pro', 'business'] as const;
export type ZoomPlan = (typeof zoomPlans)[number];

type Label = 'Light' | 'Medium';

/** Requests a second and, on the free plan, a day. Source: https://developers.zoom.us/docs/api/rate-limits/ */
const limits: Record<ZoomPlan, Record<Label, { perSecond: number; perDay: number }>> = {
  free: { Light: { perSecond: 4, perDay: 6000 }, Medium: { perSecond: 2, perDay: 2000 } },
  pro: {
    Light: { perSecond: 30, perDay: Number.POSITIVE_INFINITY },
    Medium: { perSecond: 20, perDay: Number.POSITIVE_INFINITY },
  },
  business: {
    Light: { perSecond: 80, perDay: Number.POSITIVE_INFINITY },
    Medium: { perSecond: 60, perDay: Number.POSITIVE_INFINITY },
  },
};

/** One allowance for the whole account, shared by every app. */
export interface ZoomLimits {
  /** Counts a request and says in its headers what is left. Throws 429 when nothing is. */
  take(method: string, path: string, reply: FastifyReply): void;
}

export function createZoomLimits(plan: ZoomPlan, now: () => number): ZoomLimits {
  const quotas = { Light: quotasOf('Light'), Medium: quotasOf('Medium') };

  function quotasOf(label: Label): { seconds: Quota; days: Quota } {
    const { perSecond, perDay } = limits[plan][label];
    return {
      seconds: createQuota({ limit: perSecond, windowMs: secondMs, now }),
      days: createQuota({ limit: perDay, windowMs: dayMs, now }),
    };
  }

  return {
    take(method, path, reply) {
      const label = labelOf(method, path);
      const second = quotas[label].seconds.take('account');
      if (second.isSpent) {
        reply.headers(toHeaders(label, 'QPS', second));
        throw new Refusal(
          429,
          'You have reached the maximum per-second rate limit for this API. Try again later.',
        );
      }
      const day = quotas[label].days.take('account');
      if (!day.isSpent) return void reply.headers(toHeaders(label, 'QPS', second));

      const retryAfter = `${new Date(day.resetsAtMs).toISOString().slice(0, 19)}Z`;
      reply.headers({ ...toHeaders(label, 'Daily-limit', day), 'retry-after': retryAfter });
      throw new Refusal(
        429,
        'You have reached the maximum daily rate limit for this API. Try again tomorrow.',
      );
    },
  };
}

/** Lists cost more than single users do. */
function labelOf(method: string, path: string): Label {
  const isList = method === 'GET' && /^\/v2\/(users|roles|roles\/[^/]+\/members)$/.test(path);
  return isList || (method === 'POST' && path.endsWith('/members')) ? 'Medium' : 'Light';
}

function toHeaders(label: Label, type: 'QPS' | 'Daily-limit', { limit, remaining, resetsAtMs }: Allowance) {
  return {
    'X-RateLimit-Category': label,
    'X-RateLimit-Type': type,
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': `${new Date(resetsAtMs).toISOString().slice(0, 19)}Z`,
  };
}
