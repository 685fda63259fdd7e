import { describe, expect, test } from 'vitest';
import { builtInFields, settingsFromPreset } from '#contract';
import { vendors } from '#presets';
import { type Catalogue, emptyCatalogue } from '../../web/editor/catalogue.ts';
import { findHarm, harmSentences } from '../../web/editor/find-harm.ts';
import { harmOf } from '../../web/editor/harm.ts';
import { findEntries, toEntries } from '../../web/editor/palette-entries.ts';
import { summaryOf } from '../../web/editor/summary.ts';
import { aBlock, blockTypes } from './editor-graph.ts';

const catalogue: Catalogue = {
  ...emptyCatalogue,
  vendors: new Map(vendors.map((vendor) => [vendor.id, vendor])),
  fields: builtInFields,
};
const webex = vendors.find((vendor) => vendor.id === 'webex')!;
const deleteUser = webex.presets.find((preset) => preset.id === 'delete-user')!;
const say = (type: string, settings: Record<string, unknown>) =>
  summaryOf(aBlock('x', type, { settings }), catalogue);

describe('the summary of a block', () => {
  test('of an API block is its method and path', () => {
    const summary = say('api', settingsFromPreset(webex, deleteUser));

    expect(summary).toEqual({ text: 'DELETE /people/{{webex_user_id}}', isCode: true });
  });

  test('of an empty API block says what to do', () => {
    expect(say('api', {})).toEqual({ text: 'choose a preset or write a request', isMissing: true });
  });

  test('of an unfinished API block can be read', () => {
    const row = { value: '', target: { kind: 'person', name: '' } };
    const settings = { method: 'GET', url: '/people', response: { success: [row], failure: [] } };

    expect(say('api', settings).text).toBe('GET /people');
  });

  test('of a condition is the condition in words, with labels', () => {
    const rules = [{ field: 'last_activity', operator: 'more_than_days_ago', value: 90, unit: 'days' }];

    expect(say('if', { condition: { match: 'all', rules } }).text).toBe(
      'Last activity is before 90 days ago',
    );
    expect(say('begin', { records: 'active', rules: { match: 'all', rules: [] } }).text).toBe(
      'by hand, active records',
    );
  });

  test('of Inactive For counts the days', () => {
    expect(say('inactive-for', { days: 90 }).text).toBe('inactive for 90 days');
    expect(say('inactive-for', { days: 1 }).text).toBe('inactive for 1 day');
  });

  test('of Wait says for how long, or until when', () => {
    expect(say('wait', { mode: 'duration', amount: 14, unit: 'days' }).text).toBe('for 14 days');
    expect(say('wait', { mode: 'duration', amount: 1, unit: 'hours' }).text).toBe('for 1 hour');
    const date = { mode: 'date', date: '{{last_activity}}', offsetDays: 3, side: 'before' };
    expect(say('wait', date).text).toBe('until 3 days before last_activity');
    expect(say('wait', { ...date, offsetDays: 0 }).text).toBe('until last_activity');
    expect(say('wait', { mode: 'date', date: '' }).isMissing).toBe(true);
  });

  test('of Update Record names the first field and counts the others', () => {
    const set = (name: string) => ({ target: { kind: 'person', name }, value: 'x' });

    expect(say('update-record', { setStatus: 'deactivated', assignments: [] }).text).toBe('set deactivated');
    expect(say('update-record', { setStatus: 'keep', assignments: [set('role'), set('status')] }).text).toBe(
      'set Role and 1 more',
    );
  });
});

describe('a block that harms', () => {
  test('is known by its preset, and by its method', () => {
    const preset = aBlock('x', 'api', { settings: settingsFromPreset(webex, deleteUser) });
    const free = aBlock('y', 'api', { settings: { method: 'DELETE', url: 'https://api.acme.test/users/1' } });

    expect(harmOf(preset, catalogue.vendors)).toMatchObject({ does: 'delete', where: 'Webex' });
    expect(harmOf(free, catalogue.vendors)).toMatchObject({ does: 'delete', where: 'api.acme.test' });
    expect(
      harmOf(aBlock('z', 'api', { settings: { method: 'GET', url: '/x' } }), catalogue.vendors),
    ).toBeNull();
  });

  test('is named before a run with what it takes from people', () => {
    const zoom = vendors.find((vendor) => vendor.id === 'zoom')!;
    const endSessions = zoom.presets.find((preset) => preset.id === 'end-sessions')!;
    const blocks = [
      aBlock('x', 'api', { name: 'Sign out', settings: settingsFromPreset(zoom, endSessions) }),
      aBlock('y', 'api', { name: 'Delete user', settings: settingsFromPreset(webex, deleteUser) }),
    ];

    expect(harmSentences(findHarm({ blocks, edges: [] }, catalogue.vendors))).toBe(
      'This workflow deletes accounts in Webex, by the block Delete user. It ends sessions in Zoom, by the block Sign out.',
    );
  });
});

describe('the palette', () => {
  const entries = toEntries([...blockTypes.values()], vendors);

  test('finds a preset by its app and its words, and fills the block', () => {
    const [found] = findEntries(entries, 'webex delete');

    expect(found?.title).toBe('Webex Delete User');
    expect(found?.does).toBe('delete');
    expect(found?.seed.settings.method).toBe('DELETE');
  });

  test('does not offer a second Begin', () => {
    expect(entries.map((entry) => entry.key)).not.toContain('begin');
  });
});
