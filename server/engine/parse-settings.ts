import type { z } from 'zod';
import type { BlockDefinition } from './block.ts';

/** Settings as the block type wants them, or the problems with them. */
export function parseSettings(
  type: BlockDefinition,
  settings: unknown,
): { ok: true; settings: unknown } | { ok: false; problems: { setting: string; message: string }[] } {
  const parsed = type.settings.safeParse(settings, { error: wordsFor });
  if (parsed.success) return { ok: true, settings: parsed.data };
  const problems = parsed.error.issues.map((problem) => ({
    setting: toPlace(problem.path),
    message: problem.message,
  }));
  return { ok: false, problems };
}

/** `['response', 'success', 0, 'value']` becomes `response.success[0].value`. */
export function toPlace(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

/** What is wrong, for whoever filled the form; settings that say it themselves keep their own words. */
function wordsFor(problem: z.core.$ZodRawIssue): string | undefined {
  switch (problem.code) {
    case 'too_big':
      return `At most ${count(problem.maximum, problem.origin)}.`;
    case 'too_small':
      return `At least ${count(problem.minimum, problem.origin)}.`;
    case 'invalid_type':
      return /^(int|number)$/.test(problem.expected) ? wholeOrAny(problem.expected) : unreadable;
    case 'invalid_value':
      return 'Choose one of those that are offered.';
    case 'unrecognized_keys':
      return `There is no setting called ${problem.keys.map((key) => `"${key}"`).join(', ')} here.`;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return unreadable;
    default:
      return undefined;
  }
}

const unreadable = 'This cannot be read. Enter it again.';

const wholeOrAny = (expected: string): string =>
  expected === 'int' ? 'Enter a whole number.' : 'Enter a number.';

function count(limit: number | bigint, origin: string): string {
  const words = limit.toLocaleString('en');
  if (origin === 'string') return `${words} characters`;
  return origin === 'array' || origin === 'set' ? `${words} of them` : words;
}
