import { z } from 'zod';
import { loadSchema } from '../domain/load.ts';
import { runDetails } from './runs.ts';

/** What a browser says over `/api/v1/live`. A topic is `run:<id>`, `load:<id>` or `all`. */
export const clientMessage = z.strictObject({
  kind: z.enum(['subscribe', 'unsubscribe']),
  topic: z.string().max(120),
});
export type ClientMessage = z.infer<typeof clientMessage>;

/** What the server says: whole snapshots, so that a lost message costs nothing once the next one arrives. */
export const serverMessage = z.discriminatedUnion('kind', [
  runDetails.omit({ graph: true }).extend({ kind: z.literal('run') }),
  z.strictObject({ kind: z.literal('load'), load: loadSchema }),
  /** Something in this list changed: ask for it again. */
  z.strictObject({
    kind: z.literal('changed'),
    what: z.enum([
      ...(['runs', 'loads', 'notifications', 'credentials', 'workflows'] as const),
      ...(['approvals', 'safety', 'operators'] as const),
    ]),
  }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
