import { z } from 'zod';
import {
  globalNameSchema,
  globalUseSchema,
  globalValueSchema,
  globalVariableSchema,
} from '../domain/global-variable.ts';

const viewSchema = globalVariableSchema.extend({ uses: z.array(globalUseSchema) });
export type GlobalVariableView = z.infer<typeof viewSchema>;

/** Every answer is the whole list: there are few. */
export const globalsList = z.strictObject({ items: z.array(viewSchema) });

const note = z.string().trim().max(500);
export const globalInput = z.strictObject({
  name: globalNameSchema,
  value: globalValueSchema,
  note: note.default(''),
});
export const globalChange = z.strictObject({ value: globalValueSchema, note }).partial();
export const globalParam = z.strictObject({ name: z.string().max(200) });
