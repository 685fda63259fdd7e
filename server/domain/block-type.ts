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
  'schedule',
  'integration',
  'credential',
  'vendor',
] as const;

/** One row of a form that the editor draws; `key` is the setting that it fills. */
export const formFieldSchema = z.strictObject({
  key: z.string(),
  label: z.string(),
  control: z.enum(formControls),
  hint: z.string().optional(),
  /** Shown only while another setting has this value. */
  when: z.strictObject({ key: z.string(), is: z.string() }).optional(),
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
  /** Whether an edge may end at it. */
  hasInput: z.boolean(),
  form: z.array(formFieldSchema),
  /** A hand-made panel where a form cannot say it. */
  panel: z.enum(['form', 'api']),
  defaults: z.record(z.string(), z.unknown()),
});
export type BlockType = z.infer<typeof blockTypeSchema>;
