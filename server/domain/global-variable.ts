import { z } from 'zod';
import { parsePath } from './path.ts';

/** What templates call them: `{{GlobalSetting.Zendesk.Subdomain}}`, or `{{GlobalSetting['Zendesk.Subdomain']}}`. */
export const globalSpace = 'GlobalSetting';

const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,59}\.[A-Za-z][A-Za-z0-9_]{0,59}$/;
/** Names that promise a secret, which nobody may keep where everybody reads it. */
const secretName = /passw|secret|token|api_?key|private_?key|credential/i;

export const globalNameSchema = z
  .string()
  .regex(
    namePattern,
    'Write the name as Vendor.Key, such as Zendesk.Subdomain: letters, digits and underscores.',
  )
  .refine(
    (name) => !secretName.test(name),
    'A global variable is read by everybody who sees workflows. Keep secrets in a credential, and choose another name.',
  );

/** Its type is what it is: a text, a number, or yes and no. */
export const globalValueSchema = z.union([
  z
    .string()
    .trim()
    .min(1, 'Enter a value.')
    .max(1000)
    .regex(/^\P{Cc}*$/u, 'A value is one line of text.'),
  z.number(),
  z.boolean(),
]);
export type GlobalValue = z.infer<typeof globalValueSchema>;
export type GlobalValues = Record<string, GlobalValue>;

/** A value with a name that all workflows may use. */
export const globalVariableSchema = z.strictObject({
  name: z.string(),
  value: globalValueSchema,
  note: z.string(),
  updatedAt: z.string(),
  /** The name of who set it last. */
  updatedBy: z.string(),
});
export type GlobalVariable = z.infer<typeof globalVariableSchema>;

/** A workflow that names it. */
export const globalUseSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Its active version does; otherwise only its draft. */
  isActive: z.boolean(),
  /** That version takes something from people, so the value is part of what was agreed to. */
  isHarmful: z.boolean(),
});
export type GlobalUse = z.infer<typeof globalUseSchema>;

/** Which one a template's variable names; empty where it names all of them, null where it is none. */
export function globalNameIn(variable: string): string | null {
  if (!variable.startsWith(globalSpace)) return null;
  const [root, ...rest] = parsePath(variable);
  if (root?.kind !== 'name' || root.name !== globalSpace) return null;
  return rest
    .map((part) => (part.kind === 'name' ? part.name : part.kind === 'index' ? part.index : '*'))
    .join('.');
}

/** What templates find under `GlobalSetting`, by either spelling. */
export function toGlobalSpace(values: GlobalValues): Record<string, unknown> {
  const space: Record<string, unknown> = { ...values };
  for (const [name, value] of Object.entries(values)) {
    const [vendor = '', key = ''] = name.split('.');
    space[vendor] = { ...(space[vendor] as object | undefined), [key]: value };
  }
  return space;
}
