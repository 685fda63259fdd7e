import { z } from 'zod';

/** The query of every list: `cursor` is what the page before answered as `nextCursor`. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  search: z.string().max(200).optional(),
});

/** A page of a list; `nextCursor` is null on the last one, `total` counts all that match. */
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

export type Page<T> = { items: T[]; nextCursor: string | null; total: number };

export const idParam = z.strictObject({ id: z.string().max(100) });

/** RFC 9457 problem document: the body of every error. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    /** What happened, to what, and what to do next. */
    detail: z.string(),
    /** Where in the request or the workflow the trouble lies. */
    place: z.string().optional(),
    /** Findings, where there are several. */
    issues: z.array(z.object({ place: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
