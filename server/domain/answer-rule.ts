import { z } from 'zod';
import { readStatedPath } from './path.ts';

export const answerTests = [
  'is',
  'is-not',
  'is-address',
  'contains',
  'lacks',
  'has-value',
  'is-empty',
] as const;

/**
 * What one value of an answer says. `path` leads to it (empty means the whole answer); `value` is a template, such as
 * `{{zoom_id}}` or `{{input.type}}`, because most answers are compared with what was asked.
 */
export const answerRuleSchema = z.strictObject({
  path: z.string(),
  test: z.enum(answerTests),
  value: z.string().default(''),
});
export type AnswerRule = z.infer<typeof answerRuleSchema>;

/**
 * Whether an answer says so, after `value` was rendered. What is absent says nothing, so every test of it is false,
 * `is-not` too. Numbers and booleans are compared as text, and a list of one counts as its entry.
 */
export function says({ path, test, value }: AnswerRule, body: unknown): boolean {
  const found = path === '' ? body : readStatedPath(body, path);
  if (found === undefined || found === null) return false;
  if (test === 'is-empty') return found === '' || (Array.isArray(found) && found.length === 0);
  // Only a list can prove it: a text that does not hold a word may say the same otherwise.
  if (test === 'lacks') return Array.isArray(found) && found.every((entry) => String(entry) !== value);
  if (test === 'contains') {
    if (Array.isArray(found)) return found.some((entry) => String(entry) === value);
    return value !== '' && typeof found === 'string' && found.includes(value);
  }
  // Somebody may have several addresses.
  if (test === 'is-address' && Array.isArray(found)) {
    return value !== '' && found.some((one) => String(one).toLowerCase() === value.toLowerCase());
  }
  const single = Array.isArray(found) && found.length === 1 ? found[0] : found;
  if (single === null || typeof single === 'object') return test === 'has-value' && single !== null;
  const text = String(single);
  if (test === 'has-value') return text !== '';
  if (test === 'is-address') return value !== '' && text.toLowerCase() === value.toLowerCase();
  return test === 'is' ? text === value : text !== value;
}
