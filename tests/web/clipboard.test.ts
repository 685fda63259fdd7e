import { describe, expect, test } from 'vitest';
import { fromClipboard, type Named, toClipboard } from '../../web/editor/clipboard.ts';
import { aBlock, aChain } from './editor-graph.ts';

const asking = (settings: Record<string, unknown>) => ({
  blocks: [aBlock('ask', 'api', { settings })],
  edges: [],
});
const at = (place: string): Named => [
  { kind: 'credential', id: `crd_${place}`, name: 'Webex admin' },
  { kind: 'app', id: `app_${place}`, name: 'Webex' },
  { kind: 'integration', id: `int_${place}`, name: 'Webex' },
  { kind: 'workflow', id: `wf_${place}`, name: 'Say goodbye' },
];
const [here, there] = [at('here'), at('there')];
const settingsOf = (text: string, named = there) => fromClipboard(text, named)?.blocks[0]?.settings;

describe('the clipboard', () => {
  test('carries blocks to another workflow as they are', () => {
    const graph = aChain('ask', 'tell');

    expect(fromClipboard(toClipboard(graph, here), here)).toEqual(graph);
  });

  test('lets another instance use its own credential of the same name', () => {
    const text = toClipboard(asking({ authorization: { mode: 'static', credentialId: 'crd_here' } }), here);

    expect(settingsOf(text)).toEqual({ authorization: { mode: 'static', credentialId: 'crd_there' } });
  });

  test('keeps a reference where two have the name, and texts that look like one', () => {
    const text = toClipboard(asking({ credentialId: 'crd_here', body: 'crd_here' }), here);
    const twice: Named = [...there, { kind: 'credential', id: 'crd_other', name: 'Webex admin' }];

    expect(settingsOf(text, twice)).toEqual({ credentialId: 'crd_here', body: 'crd_here' });
    expect(settingsOf(text)).toEqual({ credentialId: 'crd_there', body: 'crd_here' });
  });

  test('finds apps, integrations and workflows of the same name, apps within texts too', () => {
    const of = (place: string) => ({
      appId: `app_${place}`,
      integrationId: `int_${place}`,
      workflowId: `wf_${place}`,
      url: `/{{#if (eq app.id "app_${place}")}}webex{{/if}}`,
      rules: [{ field: 'app.id', operator: 'equals', value: `app_${place}` }],
    });

    expect(settingsOf(toClipboard(asking(of('here')), here))).toEqual(of('there'));
    expect(settingsOf(toClipboard(asking(of('here')), here), here)).toEqual(of('here'));
  });

  test('takes an app for no integration of the same name', () => {
    const text = toClipboard(asking({ appId: 'app_here' }), here);
    const without = there.filter(({ kind }) => kind !== 'app');

    expect(settingsOf(text, without)).toEqual({ appId: 'app_here' });
  });

  test('names only what the blocks use', () => {
    expect(toClipboard(asking({}), here)).not.toContain('Webex admin');
  });

  test('takes an exported workflow, whose references are names', () => {
    const file = {
      format: 'rollcall-workflow/1',
      name: 'Cleanup',
      description: '',
      records: { kind: 'people' },
      graph: asking({ credentialId: 'Webex admin', appId: 'Webex', url: '/app:<Webex>' }),
    };

    expect(settingsOf(JSON.stringify(file))).toEqual({
      credentialId: 'crd_there',
      appId: 'app_there',
      url: '/app_there',
    });
  });

  test.each([
    '',
    'hello',
    '[]',
    '{"format":"rollcall-blocks/1"}',
    '{"format":"rollcall-blocks/2","graph":{}}',
  ])('takes nothing from %j', (text) => {
    expect(fromClipboard(text, here)).toBeNull();
  });
});
