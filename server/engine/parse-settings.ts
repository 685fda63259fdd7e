import type { BlockDefinition } from './block.ts';

/** Settings as the block type wants them, or the problems with them. */
export function parseSettings(
  type: BlockDefinition,
  settings: unknown,
): { ok: true; settings: unknown } | { ok: false; problems: { setting: string; message: string }[] } {
  const parsed = type.settings.safeParse(settings);
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
