import { z } from 'zod';
import { PlannedAnswer } from '#domain/planned-answer';
import { defineBlock, type LoopOver } from '#engine/block';
import { renderValue } from '#engine/template';
import { nameProblem } from './set-variable.ts';

/** Does the same for every entry of a list, or for every account that a person has. */
export const forEach = defineBlock({
  type: 'for-each',
  title: 'For Each',
  summary: 'Takes the Each exit for every entry of a list, or for every account of the person, then Done.',
  group: 'logic',
  level: 'record',
  settings: z.strictObject({
    over: z.enum(['list', 'accounts']).default('list'),
    list: z.string().max(4000).default(''),
    as: z.string().max(64).default('item'),
    appId: z.string().default(''),
    accounts: z.enum(['active', 'deactivated', 'both']).default('active'),
    most: z.int().min(1).max(1000).default(100),
  }),
  form: [
    {
      key: 'over',
      label: 'Goes over',
      control: 'select',
      options: [
        { value: 'list', label: 'A list' },
        { value: 'accounts', label: 'The SaaS users of the person' },
      ],
    },
    {
      key: 'list',
      label: 'List',
      control: 'template',
      hint: 'A value that is a list, such as {{licenses}}.',
      when: { key: 'over', is: 'list' },
    },
    {
      key: 'as',
      label: 'Name of the entry',
      control: 'text',
      hint: 'Blocks behind Each read {{item}}, or {{item.id}} where the entries have parts.',
      when: { key: 'over', is: 'list' },
    },
    {
      key: 'appId',
      label: 'App',
      control: 'app',
      hint: 'All apps when nothing is chosen. Behind Each, {{app.vendor}} and {{app.name}} say which it is.',
      when: { key: 'over', is: 'accounts' },
    },
    {
      key: 'accounts',
      label: 'SaaS users',
      control: 'select',
      options: [
        { value: 'active', label: 'Active only' },
        { value: 'deactivated', label: 'Deactivated only' },
        { value: 'both', label: 'Active and deactivated' },
      ],
      when: { key: 'over', is: 'accounts' },
    },
    {
      key: 'most',
      label: 'At most',
      control: 'number',
      hint: 'With more entries than this the record fails before the first one. Up to 1,000.',
    },
  ],
  exits: [
    { id: 'each', label: 'Each', tone: 'main' },
    { id: 'done', label: 'Done', tone: 'other' },
  ],

  loop: ({ over, most }) => ({ most, isOverAccounts: over === 'accounts' }),

  prepare({ over, list, as, appId, accounts, most }, context) {
    if (over === 'accounts') {
      for (const name of ['app', 'app.name', 'app.vendor']) context.defines(name);
      const isWanted = (isDeactivated: boolean) =>
        accounts === 'both' || isDeactivated === (accounts === 'deactivated');
      const choose: LoopOver['choose'] = (all) =>
        all.filter((user) => (appId === '' || user.appId === appId) && isWanted(user.isDeactivated));
      return () => ({
        kind: 'loop',
        over: { kind: 'accounts', items: [], choose, as: 'app', most },
      });
    }
    if (list.trim() === '') context.issue('list', 'Say which list, such as {{licenses}}.');
    const problem = nameProblem(as, context.fields);
    if (problem) context.issue('as', problem);
    else context.defines(as);
    const template = context.template(list, 'list');
    return ({ variables }) => {
      const value = renderValue(template, variables);
      const items = toItems(value);
      if (typeof items === 'string') return { kind: 'done', exit: 'error', error: items };
      return { kind: 'loop', over: { kind: 'list', items, choose: () => [], as, most } };
    };
  },
});

/** The entries, or why there are none to go over. Nothing at all is an empty list. */
function toItems(value: unknown): readonly unknown[] | string {
  // A dry run goes once through what it does not know the number of.
  if (value instanceof PlannedAnswer) return [value];
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value;
  return `This is not a list: ${(JSON.stringify(value) ?? String(value)).slice(0, 80)}.`;
}
