import { z } from 'zod';

export const blockGroups = ['triggers', 'users', 'api', 'logic', 'people', 'messages'] as const;

/** How an exit is drawn: the way forward, the failure, or the way of everything unproven. */
export const exitTones = ['main', 'other', 'failure', 'unknown'] as const;

export const exitSchema = z.strictObject({ id: z.string(), label: z.string(), tone: z.enum(exitTones) });
export type Exit = z.infer<typeof exitSchema>;

export const formControls = [
  'text',
  'long_text',
  'template',
  'number',
  'switch',
  'select',
  'conditions',
  'assignments',
  'cases',
  'variables',
  'schedule',
  'integration',
  'credential',
  'vendor',
  'app',
  'workflow',
  'field',
  'webhook',
  'operators',
  'choices',
  'fields',
] as const;

/** One row of a form that the editor draws; `key` is the setting that it fills. */
export const formFieldSchema = z.strictObject({
  key: z.string(),
  label: z.string(),
  control: z.enum(formControls),
  hint: z.string().optional(),
  /** What holds while nothing is set. */
  empty: z.string().optional(),
  /** Shown only while another setting has this value. */
  when: z.strictObject({ key: z.string(), is: z.string() }).optional(),
  /** Not shown while another setting has this value. */
  unless: z.strictObject({ key: z.string(), is: z.string() }).optional(),
  /** Of a credential: whose may be chosen. */
  vendorId: z.string().optional(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
});
export type FormField = z.infer<typeof formFieldSchema>;

/** All that the editor knows about a block type. */
export const blockTypeSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  summary: z.string(),
  group: z.enum(blockGroups),
  /** Happens once per run, or once per record. */
  level: z.enum(['run', 'record']),
  exits: z.array(exitSchema),
  /** The setting whose rows are exits of their own, before the others; absent where all blocks of it have the same. */
  exitsIn: z.string().optional(),
  /** Whether an edge may end at it. */
  hasInput: z.boolean(),
  form: z.array(formFieldSchema),
  /** A hand-made panel where a form cannot say it. */
  panel: z.enum(['form', 'api']),
  defaults: z.record(z.string(), z.unknown()),
});
export type BlockType = z.infer<typeof blockTypeSchema>;

/** Rows of a setting that are exits, as far as they can be read. */
const exitRowsSchema = z.array(z.looseObject({ id: z.string(), label: z.string() }));

/** The exits that a block with these settings has. */
export function exitsOf(
  { exits, exitsIn }: Pick<BlockType, 'exitsIn'> & { exits: readonly Exit[] },
  settings: unknown,
): readonly Exit[] {
  const rows =
    exitsIn === undefined
      ? undefined
      : exitRowsSchema.safeParse((settings as Record<string, unknown>)[exitsIn]);
  if (!rows?.success) return exits;
  const own = rows.data.map(({ id, label }, at) => {
    const tone: Exit['tone'] = at === 0 ? 'main' : 'other';
    return { id, label: label.trim() === '' ? `Case ${at + 1}` : label, tone };
  });
  return [...own, ...exits];
}

/** The block type as one block has it: with that block's exits. */
export function typeOfBlock<T extends BlockType>(
  types: ReadonlyMap<string, T>,
  block: { type: string; settings: unknown } | undefined,
): T | undefined {
  const found = block && types.get(block.type);
  if (found?.exitsIn === undefined) return found;
  return { ...found, exits: [...exitsOf(found, block?.settings)] };
}
