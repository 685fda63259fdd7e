import { z } from 'zod';
import { presetEffects, undoSchema } from './effect.ts';

/** What one block of a run did, and whether a workflow of ours can take it back. */
export const undoOptionSchema = z.strictObject({
  block: z.string(),
  name: z.string(),
  vendorId: z.string(),
  does: z.enum([...presetEffects, 'unknown']),
  undo: undoSchema,
  /** Records for which it was done. */
  count: z.int(),
  /** The preset that takes it back; null where none does. */
  by: z.strictObject({ id: z.string(), title: z.string() }).nullable(),
  /** Why no workflow can be made, in a sentence; null where one can. */
  obstacle: z.string().nullable(),
  /** Workflows that were made to take it back, the oldest first. */
  made: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});
export type UndoOption = z.infer<typeof undoOptionSchema>;

/** Effects of blocks of one run: a workflow with this in its Begin runs over exactly the records that had one of them. */
export const undoneSchema = z.strictObject({
  runId: z.string().max(100),
  blocks: z.array(z.string().max(64)).min(1, 'Choose what is to be taken back.').max(150),
});
export type Undone = z.infer<typeof undoneSchema>;

/** What a record of such a workflow has as `undoes.<block>`: whether the block was done for it. */
export const undoesSpace = 'undoes';
