import { z } from 'zod';
import { conditionGroupSchema } from '#domain/condition';
import { AppError } from '#domain/errors';
import { eventKinds } from '#domain/event-trigger';
import { builtInFields } from '#domain/field';
import { parsePath } from '#domain/path';
import { type Schedule, scheduleSchema } from '#domain/schedule';
import { checkSchedule } from '#domain/schedule-times';
import { lateStarts } from '#domain/start-slot';
import { undoesSpace, undoneSchema } from '#domain/undo-plan';
import { defineBlock, type PrepareContext } from '#engine/block';
import { fieldsOf } from './conditions.ts';

/** Where every run starts: says by what, and which records it works on. */
export const begin = defineBlock({
  type: 'begin',
  title: 'Begin',
  summary: 'Starts the workflow and chooses the records it runs over.',
  group: 'triggers',
  level: 'run',
  hasInput: false,
  settings: z.strictObject({
    trigger: z.enum(['manual', 'schedule', ...eventKinds, 'webhook']).default('manual'),
    schedule: scheduleSchema.nullable().default(null),
    /** How late a start may be and still be made by itself. */
    graceMinutes: z.int().min(1).max(1440).default(60),
    late: z.enum(lateStarts).default('run'),
    /** Of an edited record: which fields are watched; all of them where there are none. */
    watchedFields: z.array(z.string().max(64)).max(100).default([]),
    /** Of a finished load. */
    watchedIntegrationId: z.string().default(''),
    /** Of a call: where its body names the record, and by which field. */
    webhookPath: z.string().max(200).default('email'),
    webhookField: z.string().max(64).default('email'),
    records: z.enum(['active', 'deactivated', 'both']).default('active'),
    rules: conditionGroupSchema.default({ match: 'all', rules: [] }),
    /** Only records for which blocks of a run were done: of a workflow that takes that back. */
    undoes: undoneSchema.nullable().default(null),
  }),
  form: [
    {
      key: 'trigger',
      label: 'Starts',
      control: 'select',
      options: [
        { value: 'manual', label: 'When an operator runs it' },
        { value: 'schedule', label: 'By a schedule' },
        { value: 'record_created', label: 'When a record is new' },
        { value: 'record_edited', label: 'When a record was edited' },
        { value: 'load_finished', label: 'When a load has finished' },
        { value: 'webhook', label: 'When another system calls' },
      ],
    },
    {
      key: 'schedule',
      label: 'Schedule',
      control: 'schedule',
      when: { key: 'trigger', is: 'schedule' },
    },
    {
      key: 'graceMinutes',
      label: 'Grace time (minutes)',
      control: 'number',
      hint: 'A start that is late by no more than this is made as soon as the server is back.',
      when: { key: 'trigger', is: 'schedule' },
    },
    {
      key: 'late',
      label: 'When it is later than that',
      control: 'select',
      options: [
        { value: 'run', label: 'Run once' },
        { value: 'skip', label: 'Wait for the next time' },
      ],
      hint: 'A workflow that deletes or disables accounts never starts late by itself: you are asked.',
      when: { key: 'trigger', is: 'schedule' },
    },
    {
      key: 'watchedFields',
      label: 'Edited fields',
      control: 'fields',
      hint: 'Any field when nothing is chosen. What this workflow writes itself does not start it again.',
      when: { key: 'trigger', is: 'record_edited' },
    },
    {
      key: 'watchedIntegrationId',
      label: 'Integration',
      control: 'integration',
      hint: 'It starts after each of its loads that read every page.',
      when: { key: 'trigger', is: 'load_finished' },
    },
    {
      key: 'webhookPath',
      label: 'The record is named at',
      control: 'webhook',
      hint: 'A path into the JSON that is sent, such as user.email.',
      when: { key: 'trigger', is: 'webhook' },
    },
    {
      key: 'webhookField',
      label: 'And found by the field',
      control: 'field',
      hint: 'Whose value is what the body says, such as Email.',
      when: { key: 'trigger', is: 'webhook' },
    },
    {
      key: 'records',
      label: 'Records',
      control: 'select',
      options: [
        { value: 'active', label: 'Active only' },
        { value: 'deactivated', label: 'Deactivated only' },
        { value: 'both', label: 'Active and deactivated' },
      ],
    },
    {
      key: 'rules',
      label: 'Rules',
      control: 'conditions',
      hint: 'A record runs only when the rules are surely true. Missing or malformed values leave it out.',
      empty: 'No rules: every record is chosen.',
    },
  ],
  exits: [{ id: 'next', label: 'Next', tone: 'main' }],

  prepare(settings, context) {
    if (settings.trigger === 'schedule') checkTrigger(settings.schedule, context.issue);
    if (settings.trigger === 'record_edited') checkWatched(settings.watchedFields, context);
    if (settings.trigger === 'webhook') checkWebhook(settings, context);
    if (settings.trigger === 'load_finished') {
      const id = settings.watchedIntegrationId;
      if (id === '') context.issue('watchedIntegrationId', 'Choose whose loads start the workflow.');
      else context.integration(id, 'watchedIntegrationId');
    }
    for (const field of fieldsOf(settings.rules)) context.uses(field, 'rules');
    if (settings.undoes) context.defines(undoesSpace);
    for (const block of settings.undoes?.blocks ?? []) context.defines(`${undoesSpace}.${block}`);
    return () => ({ kind: 'done', exit: 'next' });
  },
});

/** A schedule that comes at all is the same one at any time, so the beginning of time does to try it. */
function checkTrigger(schedule: Schedule | null, issue: (setting: string, message: string) => void): void {
  try {
    if (schedule) checkSchedule(schedule, 0);
    else issue('schedule', 'Say when the workflow starts.');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    issue('schedule', error.message);
  }
}

/** A path that cannot be read finds nothing, and so does a field that the records do not have. */
function checkWebhook(
  { webhookPath, webhookField }: { webhookPath: string; webhookField: string },
  { fields, records, issue }: PrepareContext,
): void {
  try {
    if (webhookPath.trim() === '') issue('webhookPath', 'Say where the body names the record.');
    else parsePath(webhookPath);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    issue('webhookPath', error.message);
  }
  const recordType = records.kind === 'people' ? 'person' : 'saas_user';
  const isKnown = [...builtInFields, ...fields].some(
    (field) => field.recordType === recordType && field.externalId === webhookField,
  );
  if (!isKnown) issue('webhookField', `The records have no field "${webhookField}". Choose another.`);
}

/** A field that the records do not have never changes, so the workflow would never start. */
function checkWatched(names: readonly string[], { fields, records, issue }: PrepareContext): void {
  const recordType = records.kind === 'people' ? 'person' : 'saas_user';
  const known = [...builtInFields, ...fields].filter((field) => field.recordType === recordType);
  for (const name of names) {
    if (!known.some(({ externalId }) => externalId === name)) {
      issue('watchedFields', `The records have no field "${name}". Choose another.`);
    }
  }
}
