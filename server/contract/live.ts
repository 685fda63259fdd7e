import { z } from 'zod';
import { loadSchema } from '../domain/load.ts';
import { runDetails } from './runs.ts';

/**
 * What a browser says over `/api/v1/live`. A topic is `run:<id>`, `load:<id>` or `all`; `after` is the number of the
 * last message that it had of the topic, after a connection was lost.
 */
export const clientMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('subscribe'), topic: z.string().max(120), after: z.int().optional() }),
  z.strictObject({ kind: z.literal('unsubscribe'), topic: z.string().max(120) }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

/** Numbers of a topic only go up, also when the server starts anew. */
const place = { topic: z.string(), n: z.int() };

/**
 * What the server says. Runs and loads come as whole snapshots, and the newest one always comes; of lists, browsers are
 * told that they have changed.
 */
export const serverMessage = z.discriminatedUnion('kind', [
  runDetails.omit({ graph: true }).extend({ kind: z.literal('run'), ...place }),
  z.strictObject({ kind: z.literal('load'), load: loadSchema, ...place }),
  /** Something in this list changed: ask for it again. */
  z.strictObject({
    kind: z.literal('changed'),
    what: z.enum([
      ...(['runs', 'loads', 'notifications', 'credentials', 'workflows'] as const),
      ...(['approvals', 'safety', 'operators'] as const),
    ]),
    ...place,
  }),
  /** The answer to subscribing to `all`. Not complete: what changed before is not known, so ask for everything again. */
  z.strictObject({ kind: z.literal('joined'), isComplete: z.boolean(), ...place }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
