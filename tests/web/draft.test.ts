import { describe, expect, test } from 'vitest';
import { createDraft } from '../../web/editor/draft.ts';
import { changeBlock, connect, moveBlocks, removeItems } from '../../web/editor/graph-changes.ts';
import { aChain } from './editor-graph.ts';

const rename = (name: string) => (graph: ReturnType<typeof aChain>) =>
  changeBlock(graph, 'ask', (block) => ({ ...block, name }));

describe('the draft', () => {
  test('undoes and redoes every change of the graph', () => {
    const draft = createDraft(aChain('ask'));
    const before = draft.store.getState().graph;

    draft.change((graph) => removeItems(graph, ['ask']));
    draft.change((graph) => connect(graph, { from: 'begin', exit: 'next' }, 'end'));
    const after = draft.store.getState().graph;
    draft.undo();
    draft.undo();
    expect(draft.store.getState().graph).toBe(before);

    draft.redo();
    draft.redo();
    expect(draft.store.getState().graph).toBe(after);
  });

  test('takes letters typed into one input as one step', () => {
    let now = 0;
    const draft = createDraft(aChain('ask'), () => now);

    for (const name of ['L', 'Lo', 'Loo', 'Look']) {
      now += 200;
      draft.change(rename(name), 'ask.name');
    }
    draft.undo();

    expect(draft.store.getState().graph.blocks[1]?.name).toBe('ask');
  });

  test('starts a new step after a pause, and for another input', () => {
    let now = 0;
    const draft = createDraft(aChain('ask'), () => now);

    draft.change(rename('Look'), 'ask.name');
    now += 5_000;
    draft.change(rename('Look up'), 'ask.name');
    draft.change((graph) => moveBlocks(graph, { ask: { x: 8, y: 8 } }), 'move');
    draft.undo();
    expect(draft.store.getState().graph.blocks[1]?.name).toBe('Look up');
    draft.undo();

    expect(draft.store.getState().graph.blocks[1]?.name).toBe('Look');
  });

  test('does not undo a selection', () => {
    const draft = createDraft(aChain('ask'));

    draft.select(['ask']);
    draft.change((graph) => moveBlocks(graph, { ask: { x: 40, y: 0 } }));
    draft.undo();

    expect(draft.store.getState().selected).toEqual(['ask']);
    expect(draft.history.getState().pastStates).toHaveLength(0);
  });

  test('forgets the selection of a block that an undo takes away', () => {
    const draft = createDraft(aChain());

    draft.change(() => aChain('ask'));
    draft.select(['ask']);
    draft.undo();

    expect(draft.store.getState().selected).toEqual([]);
  });

  test('has nothing to undo after the draft was replaced by the one of the server', () => {
    const draft = createDraft(aChain());
    draft.change(() => aChain('ask'));

    draft.replace(aChain('theirs'));

    expect(draft.history.getState().pastStates).toHaveLength(0);
    expect(draft.store.getState().graph.blocks.map((block) => block.id)).toContain('theirs');
  });

  test('counts issues by block, and keeps the counts of a block that has as many as before', () => {
    const issue = (block: string | null, severity: 'error' | 'warning') => ({
      block,
      setting: null,
      severity,
      message: 'Add a rule.',
    });
    const draft = createDraft(aChain('ask', 'tell'));
    const counts = () => draft.store.getState().issueCounts;

    draft.setIssues([issue('ask', 'error'), issue('ask', 'warning'), issue(null, 'error')]);
    const first = counts().get('ask');
    draft.setIssues([issue('ask', 'error'), issue('ask', 'warning'), issue('tell', 'warning')]);

    expect(first).toEqual({ errors: 1, warnings: 1 });
    expect(counts().get('ask')).toBe(first);
    expect(counts().get('tell')).toEqual({ errors: 0, warnings: 1 });
  });
});
