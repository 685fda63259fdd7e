import { z } from 'zod';

/** What may set a workflow going by itself, besides the time. */
export const eventKinds = ['record_created', 'record_edited', 'load_finished'] as const;
export type EventKind = (typeof eventKinds)[number];

export const eventTriggerSchema = z.strictObject({
  kind: z.enum(eventKinds),
  /** Of an edit: one of these fields changed, by external id; any field where there are none. */
  fields: z.array(z.string()),
  /** Of a load. */
  integrationId: z.string(),
});
export type EventTrigger = z.infer<typeof eventTriggerSchema>;

/** How many workflows may set each other off in a row. */
export const mostDepth = 5;

/** Who started a run, as people read it. */
export const eventStarter: Record<EventKind, string> = {
  record_created: 'A new record',
  record_edited: 'An edited record',
  load_finished: 'A finished load',
};
