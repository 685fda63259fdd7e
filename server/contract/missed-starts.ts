import { z } from 'zod';
import { missedStartSchema } from '../domain/start-slot.ts';

export const missedStartsList = z.strictObject({ items: z.array(missedStartSchema) });

/** `start` runs the active version now, `skip` leaves it at that. */
export const missedStartDecision = z.strictObject({ choice: z.enum(['start', 'skip']) });

/** The run that was started; null when the start was skipped. */
export const missedStartDecided = z.strictObject({ runId: z.string().nullable() });
