import { describe, expect, test } from 'vitest';
import { fromClipboard, toClipboard } from '../../web/editor/clipboard.ts';
import { aBlock, aChain } from './editor-graph.ts';

const asking = (settings: Record<string, unknown>) => ({
  blocks: [aBlock('ask', 'api', { settings })],
  edges: [],
});
const here = [{ id: 'crd_here', name: 'Webex admin' }];
const there = [{ id: 'crd_there', name: 'Webex admin' }];
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
    const twice = [...there, { id: 'crd_other', name: 'Webex admin' }];

    expect(settingsOf(text, twice)).toEqual({ credentialId: 'crd_here', body: 'crd_here' });
    expect(settingsOf(text)).toEqual({ credentialId: 'crd_there', body: 'crd_here' });
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
      graph: asking({ credentialId: 'Webex admin' }),
    };

    expect(settingsOf(JSON.stringify(file))).toEqual({ credentialId: 'crd_there' });
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
