import { z } from 'zod';
import { readStatedPath } from './path.ts';

/** How a vendor's answer about an account tells that it may administer the vendor. */
export const administratorSchema = z.strictObject({
  /** Leads to one value or to a list of them. */
  path: z.string().min(1),
  /** Values of an administrator; absent: every value that is not in `ordinary`. */
  values: z.array(z.string()).optional(),
  ordinary: z.array(z.string()).default([]),
  /** What it means when nothing stands there. */
  absent: z.enum(['ordinary', 'unknown']),
});
export type Administrator = z.infer<typeof administratorSchema>;

/** Null when the answer does not tell. */
export function isAdministrator(
  { path, values, ordinary, absent }: Administrator,
  body: unknown,
): boolean | null {
  const found = readStatedPath(body, path);
  if (found === undefined || found === null) return absent === 'ordinary' ? false : null;
  const entries = (Array.isArray(found) ? found : [found]).map(String).filter((entry) => entry !== '');
  return entries.some((entry) => (values ? values.includes(entry) : !ordinary.includes(entry)));
}
