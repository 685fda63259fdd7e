import { z } from 'zod';
import { parseInstant } from '#domain/instant';
import { isNever } from '#domain/rule-truth';
import { defineBlock } from '#engine/block';
import { renderValue } from '#engine/template';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Splits by how long ago somebody was last seen. Who was never seen, or whose last activity cannot be read or lies in
 * the future, takes the `unknown` exit: clean-up must not delete on missing data.
 */
export const inactiveFor = defineBlock({
  type: 'inactive-for',
  title: 'Inactive For',
  summary: 'Splits by the days since the last activity.',
  group: 'logic',
  level: 'record',
  settings: z.strictObject({
    lastActivity: z.string().default('{{last_activity}}'),
    days: z.int().min(1).max(3650).default(90),
  }),
  form: [
    { key: 'lastActivity', label: 'Last activity', control: 'template', hint: 'An ISO 8601 date or time.' },
    { key: 'days', label: 'Inactive for (days)', control: 'number', hint: 'From 1 to 3,650.' },
  ],
  exits: [
    { id: 'inactive', label: 'Inactive', tone: 'main' },
    { id: 'active', label: 'Active', tone: 'other' },
    { id: 'unknown', label: 'Unknown', tone: 'unknown' },
  ],

  prepare({ lastActivity, days }, context) {
    if (lastActivity.trim() === '')
      context.issue('lastActivity', 'Say where the last activity is, such as {{last_activity}}.');
    const template = context.template(lastActivity, 'lastActivity');
    context.defines('inactive_days');

    return ({ variables, now }) => {
      const value = renderValue(template, variables);
      if (value === undefined || value === null || value === '') {
        return { kind: 'done', exit: 'unknown', note: 'There is no last activity.' };
      }
      const seenAt = typeof value === 'string' ? parseInstant(value.trim())?.ms : undefined;
      if (seenAt === undefined) {
        return {
          kind: 'done',
          exit: 'unknown',
          note: `The last activity is not a time: ${JSON.stringify(value).slice(0, 80)}.`,
        };
      }
      if (isNever(seenAt)) {
        return {
          kind: 'done',
          exit: 'unknown',
          note: `The last activity is what vendors write for "never": ${String(value)}.`,
        };
      }
      if (seenAt - now > dayMs) {
        return {
          kind: 'done',
          exit: 'unknown',
          note: `The last activity lies in the future: ${String(value)}.`,
        };
      }
      const inactiveDays = Math.max(0, Math.floor((now - seenAt) / dayMs));
      return {
        kind: 'done',
        exit: inactiveDays >= days ? 'inactive' : 'active',
        note: `Last active ${inactiveDays} ${inactiveDays === 1 ? 'day' : 'days'} ago, on ${new Date(seenAt).toISOString().slice(0, 10)}.`,
        variables: { inactive_days: inactiveDays },
      };
    };
  },
});
