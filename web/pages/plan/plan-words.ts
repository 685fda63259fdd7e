import { isHarmful, type Plan, type PlannedKind, presetEffects, type SkipCode } from '#contract';
import type { Tone } from '../../ui/tone.ts';

/** What would happen, as the heading of a number: *37 deleted*. */
export const kindWords: Record<PlannedKind, string> = {
  read: 'read',
  create: 'created',
  update: 'changed',
  enable: 'enabled',
  disable: 'disabled',
  'assign-licences': 'licences given',
  'remove-licences': 'licences taken',
  'set-licences': 'licences set',
  'assign-role': 'role given',
  'remove-role': 'role taken',
  'set-role': 'role set',
  'end-sessions': 'sessions ended',
  delete: 'deleted',
  unknown: 'written to',
  'set-fields': 'fields set',
  notify: 'told',
  load: 'not loaded',
  'start-run': 'workflow started',
};

export const skipWords: Record<SkipCode, string> = {
  protected: 'protected',
  settled: 'already so',
  refused: 'refused',
  unapproved: 'not approved',
};

export const toneOfKind = (kind: PlannedKind): Tone => {
  const effect = [...presetEffects, 'unknown' as const].find((one) => one === kind);
  if (effect === 'unknown') return 'warning';
  if (effect === 'delete') return 'danger';
  return effect && isHarmful(effect) ? 'warning' : 'neutral';
};

/** How many of each kind, those that harm most first. */
export function kindsOf(plan: Plan): [PlannedKind, number][] {
  const kinds = (Object.entries(plan.counts) as [PlannedKind, number][]).filter(([, count]) => count > 0);
  return kinds.sort(([a], [b]) => rankOf(a) - rankOf(b));
}

const tones: Tone[] = ['danger', 'warning', 'neutral'];
const rankOf = (kind: PlannedKind): number => tones.indexOf(toneOfKind(kind));
