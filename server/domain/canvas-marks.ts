import { z } from 'zod';

/** What people write and draw beside the blocks, so that others understand a workflow. No run ever reads it. */

/** Text on the canvas. */
export const noteSchema = z.strictObject({
  /** Never the id of a block: those have no colon. */
  id: z.string().regex(/^note:[a-z0-9]{1,40}$/, 'The id of a note is "note:" with small letters or digits.'),
  text: z.string().max(4000),
  position: z.strictObject({ x: z.number(), y: z.number() }),
  width: z.number().min(80).max(2000),
  height: z.number().min(40).max(2000),
});
export type Note = z.infer<typeof noteSchema>;

/** Blocks that belong together, drawn in one frame with a title; the frame follows them. */
export const canvasGroupSchema = z.strictObject({
  id: z
    .string()
    .regex(/^group:[a-z0-9]{1,40}$/, 'The id of a group is "group:" with small letters or digits.'),
  title: z.string().max(120),
  /** Ids of its blocks and notes; each is in one group at most. */
  members: z.array(z.string()).max(600),
});
export type CanvasGroup = z.infer<typeof canvasGroupSchema>;
