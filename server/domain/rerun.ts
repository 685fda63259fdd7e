import { z } from 'zod';

/**
 * Which records of a run a re-run takes up: all of them, those that failed, or those that failed from the step at
 * which they did. The first two begin at Begin.
 */
export const rerunKinds = ['all', 'failed', 'failed_step'] as const;
export type RerunKind = (typeof rerunKinds)[number];

/** The run that a re-run takes up, and which of its records. */
export const originSchema = z.strictObject({ runId: z.string(), records: z.enum(rerunKinds) });
export type Origin = z.infer<typeof originSchema>;

/** One way to run records of a run again. */
export const rerunOptionSchema = z.strictObject({
  records: z.enum(rerunKinds),
  /** Records that would be taken up. Where they begin at Begin, its rules may keep some of them out. */
  count: z.int(),
  /** Of those, records for which a call did something at a vendor already that would be made again. */
  done: z.int(),
  /** Records that are left out, by reason. */
  leftOut: z.strictObject({
    /** A call of theirs may have happened, and nobody knows. */
    unclear: z.int(),
    /** Removed from this server meanwhile. */
    gone: z.int(),
    /** Another re-run has taken them up; what became of them is known there. */
    takenUp: z.int(),
    /** They failed without a step that could be decided anew. */
    noStep: z.int(),
  }),
  /** The blocks at which they go on, by their number of records; empty where they begin at Begin. */
  blocks: z.array(z.strictObject({ block: z.string(), name: z.string(), count: z.int() })),
});
export type RerunOption = z.infer<typeof rerunOptionSchema>;

/** What may be run again of a run. */
export const rerunOptionsSchema = z.strictObject({
  /** Why nothing may be, in a sentence; null where something may. */
  obstacle: z.string().nullable(),
  versionNumber: z.int(),
  /** The version that other runs of the workflow use now; null while it is inactive or removed. */
  activeVersionNumber: z.int().nullable(),
  items: z.array(rerunOptionSchema),
});
export type RerunOptions = z.infer<typeof rerunOptionsSchema>;
