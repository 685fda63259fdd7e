import { z } from 'zod';
import { AppError } from '#domain/errors';
import { builtInFields, externalIdSchema } from '#domain/field';
import { defineBlock } from '#engine/block';
import { renderValue } from '#engine/template';
import { isReservedName } from '#engine/variables';

/** What one value may take in the journal, which keeps it with every step that follows. */
const longestValue = 64 * 1024;

/** Gives values a name that the rest of the record's path may use. Nothing is written to the record. */
export const setVariable = defineBlock({
  type: 'set-variable',
  title: 'Set Variable',
  summary: 'Gives values a name for the rest of this run. Nothing is written to the record.',
  group: 'logic',
  level: 'record',
  settings: z.strictObject({
    variables: z
      .array(z.strictObject({ name: z.string().max(64), value: z.string().max(20_000) }))
      .max(50)
      .default([{ name: '', value: '' }]),
  }),
  form: [
    {
      key: 'variables',
      label: 'Variables',
      control: 'variables',
      hint: 'A value that is exactly one {{variable}} keeps its type, such as a list.',
    },
  ],
  exits: [{ id: 'next', label: 'Next', tone: 'main' }],

  prepare({ variables: rows }, context) {
    if (rows.length === 0) context.issue('variables', 'Set at least one variable.');
    const own: string[] = [];
    const prepared = rows.map(({ name, value }, i) => {
      const setting = `variables[${i}]`;
      const problem = nameProblem(name, context.fields);
      if (problem) context.issue(setting, problem);
      else context.defines(name);
      const template = context.template(value, setting, own);
      own.push(name);
      return { name, template };
    });

    return ({ variables }) => {
      const set: Record<string, unknown> = {};
      for (const { name, template } of prepared) {
        const value = renderValue(template, { ...variables, ...set }) ?? null;
        if ((JSON.stringify(value) ?? '').length > longestValue) {
          throw new AppError('invalid', `The value of "${name}" is over 64 KB. Keep only the part you need.`);
        }
        set[name] = value;
      }
      const empty = Object.keys(set).filter((name) => set[name] === null || set[name] === '');
      const note = empty.length === 0 ? {} : { note: `Without a value: ${empty.join(', ')}.` };
      return { kind: 'done', exit: 'next', variables: set, ...note };
    };
  },
});

/** Why a variable cannot be called this; undefined when it can. */
export function nameProblem(name: string, fields: readonly { externalId: string }[]): string | undefined {
  if (name.trim() === '') return 'Give every variable a name.';
  if (!externalIdSchema.safeParse(name).success) {
    return `A variable's name has small letters, digits and underscores, and begins with a letter: not "${name}".`;
  }
  if (isReservedName(name)) return `The name "${name}" has a meaning of its own. Choose another.`;
  return [...builtInFields, ...fields].some(({ externalId }) => externalId === name)
    ? `"${name}" is a field. Choose another name, or set the field with Update Record.`
    : undefined;
}
