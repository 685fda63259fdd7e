import { z } from 'zod';
import { graphSchema } from './workflow.ts';
import { findExcess } from './workflow-limits.ts';

/** The name of the format; a later one that older servers cannot read gets another number. */
export const workflowFormat = 'rollcall-workflow/1';

/** No control characters, no half characters, and nothing that turns the direction of what stands beside it. */
const plainName = /^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u;
const nameRule = 'A name has no line breaks and no invisible control characters.';
const farthest = 1_000_000;

const fileShape = z.strictObject({
  format: z.literal(workflowFormat, `This is no workflow file: "format" must be "${workflowFormat}".`),
  name: z.string().trim().min(1, 'The workflow needs a name.').max(120).regex(plainName, nameRule),
  description: z.string().max(1000),
  records: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('people') }),
    z.strictObject({ kind: z.literal('saas_users'), app: z.string().min(1).max(200) }),
  ]),
  graph: graphSchema,
});

/** A workflow as one file: stable ids and key order, no secrets, names instead of one instance's ids. */
export const workflowFileSchema = fileShape.superRefine(checkFile);
export type WorkflowFile = z.infer<typeof fileShape>;

/** By name, which part of this instance is used; an empty id leaves the place open, an absent name is looked for. */
const chosen = z.record(z.string().max(300), z.string().max(100)).default({});

export const importChoicesSchema = z.strictObject({
  /** The id of the app whose users it runs over; it comes before what `apps` says. */
  app: z.string().max(100).optional(),
  apps: chosen,
  credential: chosen,
  integration: chosen,
  workflow: chosen,
});
export type ImportChoices = z.infer<typeof importChoicesSchema>;

/** A file, and what to use of this instance where the file names something. */
export const workflowImportSchema = fileShape
  .extend({ choices: importChoicesSchema.optional() })
  .superRefine(checkFile);

type Context = { addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string }): void };

/** What no canvas could draw: everything else may be imported, and is found when the draft is checked. */
function checkFile({ graph }: WorkflowFile, context: Context): void {
  const tell = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path: ['graph', ...path], message });
  const blocks = new Set<string>();
  for (const [i, { id, name, position, settings }] of graph.blocks.entries()) {
    if (blocks.has(id)) tell(['blocks', i, 'id'], `Two blocks have the id "${id}".`);
    blocks.add(id);
    if (!plainName.test(name)) tell(['blocks', i, 'name'], nameRule);
    checkPlace(position, ['blocks', i, 'position']);
    const excess = findExcess(settings);
    if (excess) tell(['blocks', i, 'settings', ...excess.path.slice(0, 6)], excess.message);
  }
  const edges = new Set<string>();
  for (const [i, { id, from, to }] of graph.edges.entries()) {
    if (edges.has(id)) tell(['edges', i, 'id'], `Two edges have the id "${id}".`);
    edges.add(id);
    if (!blocks.has(from)) tell(['edges', i, 'from'], `There is no block "${from}".`);
    if (!blocks.has(to)) tell(['edges', i, 'to'], `There is no block "${to}".`);
  }
  const marks = new Set<string>();
  for (const what of ['notes', 'groups'] as const) {
    for (const [i, { id }] of (graph[what] ?? []).entries()) {
      if (marks.has(id)) tell([what, i, 'id'], `The id "${id}" is used twice.`);
      marks.add(id);
    }
  }
  for (const [i, { position }] of (graph.notes ?? []).entries())
    checkPlace(position, ['notes', i, 'position']);

  function checkPlace({ x, y }: { x: number; y: number }, path: (string | number)[]): void {
    if (Math.abs(x) > farthest || Math.abs(y) > farthest)
      tell(path, `It stands outside the canvas, which ends at ${farthest}.`);
  }
}

/** What the file means to a program that knows JSON Schema, such as an editor. */
export function toWorkflowFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(fileShape, { io: 'input' });
  return {
    $schema,
    title: workflowFormat,
    description: 'A workflow of Rollcall as one file.',
    ...schema,
  };
}
