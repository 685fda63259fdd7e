import type { z } from 'zod';
import type { presetSchema } from '#domain/vendor';

export type Preset = z.input<typeof presetSchema>;

export const nameInputs: Preset['inputs'] = [
  { name: 'first_name', label: 'First name', default: '{{first_name}}', required: true },
  { name: 'last_name', label: 'Last name', default: '{{last_name}}', required: true },
];

/** Keeps the answer, or a part of it, for the blocks that follow. */
export const keepAs = (name: string, value = '{{response}}'): Preset['response'] => ({
  success: [{ value, target: { kind: 'variable', name } }],
});

export const json: Preset['success'] = { statuses: [200], mediaType: 'json' };
export const noContent: Preset['success'] = { statuses: [204], mediaType: 'none' };
/** The account is not there. */
export const missing = { statuses: [404], done: false };
/** What was to be removed is not there any more. */
export const gone = { statuses: [404], done: true };
