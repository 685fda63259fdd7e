import type { z } from 'zod';
import type { presetSchema } from '#domain/vendor';

export type Preset = z.input<typeof presetSchema>;
type PresetTarget = NonNullable<Preset['target']>;

export const nameInputs: Preset['inputs'] = [
  { name: 'first_name', label: 'First name', default: '{{first_name}}', required: true },
  { name: 'last_name', label: 'Last name', default: '{{last_name}}', required: true },
];

/** Keeps the answer, or a part of it, for the blocks that follow. */
export const keepAs = (name: string, value = '{{response}}'): Preset['response'] => ({
  success: [{ value, target: { kind: 'variable', name } }],
});

/** Whom presets act on: the read, and where its answer names the account that the record names. */
export const targetOf =
  (read: string, id: { path: string; value: string }, emailPath: string) =>
  (settled: PresetTarget['settled']): PresetTarget => ({
    read,
    id: { ...id, test: 'is' },
    email: { path: emailPath, test: 'is-address', value: '{{email}}' },
    settled,
  });

/** The account is gone: the read's own "not found", or an empty list at the path, says so. */
export const isGone = (items: string | null = null): PresetTarget['settled'] => ({ kind: 'gone', items });

/** The account has these values. */
export const has = (values: Record<string, string>): PresetTarget['settled'] => ({
  kind: 'values',
  all: Object.entries(values).map(([path, value]) => ({ path, test: 'is', value })),
});

export const json: Preset['success'] = { statuses: [200], mediaType: 'json' };
export const noContent: Preset['success'] = { statuses: [204], mediaType: 'none' };
type Says = NonNullable<Preset['notFound']>['says'];

/** The account is not there. */
export const missing = (...says: Says) => ({ statuses: [404], says, done: false });
/** What was to be removed is not there any more. */
export const gone = (...says: Says) => ({ statuses: [404], says, done: true });
