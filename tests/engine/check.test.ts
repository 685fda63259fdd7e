import { describe, expect, it } from 'vitest';
import type { Graph } from '#domain/workflow';
import { type CheckContext, checkGraph } from '#engine/check';
import { recipes, vendors } from '#presets';
import { aGraph, types } from '../support/engine-world.ts';
import { partsFor } from '../support/recipe-parts.ts';

const context: CheckContext = {
  vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
  fields: [
    {
      id: 'fld_1',
      recordType: 'person',
      externalId: 'webex_user_id',
      label: 'Webex User ID',
      type: 'text',
      isUnique: true,
      isRequired: false,
      isBuiltIn: false,
      help: '',
    },
  ],
  records: { kind: 'saas_users', appId: 'app_1' },
  credentials: [
    { id: 'crd_1', name: 'Webex admin', vendorId: 'webex', status: 'authenticated' },
    { id: 'crd_2', name: 'Old', vendorId: 'webex', status: 'expired' },
  ],
  integrations: [{ id: 'int_1', name: 'Webex', status: 'active' }],
};

const messages = (graph: Graph, severity?: string) =>
  checkGraph(graph, types, context)
    .filter((issue) => severity === undefined || issue.severity === severity)
    .map((issue) => `${issue.block ?? '-'}${issue.setting ? `.${issue.setting}` : ''}: ${issue.message}`);

const api = (settings: Record<string, unknown>) =>
  aGraph(
    {
      begin: ['begin'],
      call: [
        'api',
        { authorization: { mode: 'static', credentialId: 'crd_1' }, url: '/people', ...settings },
      ],
    },
    ['begin.next > call'],
  );

describe('checking a workflow', () => {
  it('finds nothing wrong with the recipes', () => {
    for (const recipe of recipes) {
      const { graph, records } = recipe.build(partsFor(recipe));
      // Presets of GoTo name the account that its loads keep.
      const known = ['goto_account_key', ...(recipe.fields ?? []).map(({ externalId }) => externalId)];
      const fields = known.map((externalId) => ({ ...context.fields[0]!, id: externalId, externalId }));
      const credentials = recipe.needs.map(({ vendorId }) => ({
        ...{ id: `crd_${vendorId}`, name: vendorId, vendorId, status: 'authenticated' },
      }));
      const issues = checkGraph(graph, types, { ...context, records, fields, credentials });
      expect(
        issues.map(({ block, setting, message }) => `${recipe.id} ${block}.${setting}: ${message}`),
      ).toEqual([]);
    }
  });

  it('names the blocks of a circle', () => {
    const graph = aGraph({ begin: ['begin'], a: ['inactive-for'], b: ['inactive-for'] }, [
      'begin.next > a',
      'a.inactive > b',
      'b.inactive > a',
    ]);

    expect(messages(graph, 'error')).toEqual([expect.stringMatching(/circle: "a" → "b" → "a"/)]);
  });

  it('finds dangling edges and exits that are not there', () => {
    const graph = aGraph({ begin: ['begin'], a: ['inactive-for'] }, [
      'begin.next > a',
      'a.inactive > gone',
      'a.maybe > a2',
      'ghost.x > a',
    ]);

    expect(messages(graph, 'error')).toEqual([
      expect.stringMatching(/leaves "a" for a block "gone" that does not exist/),
      expect.stringMatching(/leaves "a" for a block "a2" that does not exist/),
      expect.stringMatching(/comes from a block "ghost" that does not exist/),
    ]);
    const wrongExit = aGraph({ begin: ['begin'], a: ['inactive-for'], b: ['end'] }, [
      'begin.next > a',
      'a.maybe > b',
    ]);
    expect(messages(wrongExit, 'error')).toEqual([
      expect.stringMatching(/"a" has no exit "maybe".*inactive, active, unknown/),
    ]);
  });

  it('wants one Begin that leads somewhere', () => {
    expect(messages(aGraph({ end: ['end'] }, []), 'error')[0]).toMatch(/no Begin/);
    expect(messages(aGraph({ begin: ['begin'], more: ['begin'] }, []), 'error')).toEqual([
      expect.stringMatching(/more than one Begin/),
      expect.stringMatching(/leads nowhere/),
    ]);
  });

  it('warns of blocks that no path reaches', () => {
    const graph = aGraph({ begin: ['begin'], end: ['end'], lost: ['end'] }, ['begin.next > end']);

    expect(messages(graph)).toEqual([expect.stringMatching(/^lost: No path leads from Begin/)]);
  });

  it('keeps blocks of the run before those of the record', () => {
    const graph = aGraph(
      { begin: ['begin'], wait: ['inactive-for'], load: ['user-load', { integrationId: 'int_1' }] },
      ['begin.next > wait', 'wait.inactive > load'],
    );

    expect(messages(graph, 'error')).toEqual([expect.stringMatching(/"load" happens once per run/)]);
  });

  it.each([
    [
      'an unknown variable',
      { url: '/people/{{webex_id}}' },
      'call.url: Nothing sets the variable "webex_id"',
    ],
    ['a broken template', { url: '/people/{{webex_user_id' }, 'call.url:'],
    ['a URL with a variable host', { url: 'https://{{host}}/x' }, 'call.url: The URL must start'],
    ['a body that is no JSON', { method: 'POST', bodyKind: 'json', body: '{"a": }' }, 'call.body:'],
    [
      'a header of the credential',
      { headers: [{ key: 'Authorization', value: 'x' }] },
      'call.headers[0]: The header "Authorization"',
    ],
    [
      'a field that is not there',
      {
        response: { success: [{ value: 'response', target: { kind: 'person', name: 'nope' } }], failure: [] },
      },
      'call.response.success[0]: There is no field "nope"',
    ],
    [
      'a value that would hide a field of the record',
      {
        response: {
          success: [{ value: 'response.id', target: { kind: 'variable', name: 'webex_user_id' } }],
          failure: [],
        },
      },
      'call.response.success[0]: "webex_user_id" is a field',
    ],
    [
      'a value that would hide the record',
      {
        response: {
          success: [{ value: 'response', target: { kind: 'variable', name: 'person' } }],
          failure: [],
        },
      },
      'call.response.success[0]: The name "person" has a meaning of its own',
    ],
    [
      'an expired credential',
      { authorization: { mode: 'static', credentialId: 'crd_2' } },
      'call.authorization: The credential "Old" is not authenticated',
    ],
    [
      'a credential that is gone',
      { authorization: { mode: 'static', credentialId: 'crd_9' } },
      'call.authorization: The credential does not exist',
    ],
    [
      'a credential of another vendor',
      { vendorId: 'zoom', method: 'DELETE', url: '/users/{{webex_user_id}}' },
      'call.authorization: The credential "Webex admin" is one of Webex, and the request goes to Zoom. Choose a credential of Zoom.',
    ],
    [
      'a change at no vendor',
      { method: 'DELETE', url: '/users/{{webex_user_id}}' },
      'call.vendorId: Choose the vendor that the request goes to',
    ],
    [
      'a header that some servers take the method from',
      { headers: [{ key: 'X-HTTP-Method-Override', value: 'DELETE' }] },
      'call.headers[0]: The header "X-HTTP-Method-Override"',
    ],
    ['settings that are no settings', { timeoutMs: 'soon' }, 'call.timeoutMs:'],
    ['an unknown setting', { colour: 'red' }, 'call:'],
    [
      'a preset that is not there',
      { vendorId: 'webex', presetId: 'explode' },
      'call.presetId: There is no preset "explode"',
    ],
  ])('says where %s is', (_case, settings, wanted) => {
    expect(messages(api(settings), 'error').join('\n')).toContain(wanted);
  });

  it('accepts variables that an earlier block sets, and answers of named steps', () => {
    const graph = aGraph(
      {
        begin: ['begin'],
        get: [
          'api',
          {
            authorization: { mode: 'static', credentialId: 'crd_1' },
            url: '/people',
            response: {
              success: [{ value: 'response.id', target: { kind: 'variable', name: 'found' } }],
              failure: [],
            },
          },
        ],
        next: ['inactive-for', { lastActivity: '{{default found steps.get.response.lastActivity}}' }],
      },
      ['begin.next > get', 'get.success > next'],
    );

    expect(messages(graph)).toEqual([]);
  });

  it('survives a block type that nobody knows', () => {
    expect(messages(aGraph({ begin: ['begin'], x: ['teleport'] }, ['begin.next > x']), 'error')).toEqual([
      'x: This server knows no block type "teleport".',
    ]);
  });
});
