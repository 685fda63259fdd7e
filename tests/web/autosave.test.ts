import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Graph, Workflow } from '#contract';
import { type SaveOutcome, type SaveState, startAutosave } from '../../web/editor/autosave.ts';
import { createDraft } from '../../web/editor/draft.ts';
import { moveBlocks } from '../../web/editor/graph-changes.ts';
import { aChain } from './editor-graph.ts';

const aWorkflow = (revision: number, draft: Graph): Workflow => ({
  id: 'wf_1',
  name: 'Clean up',
  description: '',
  records: { kind: 'people' },
  revision,
  draft,
  activeVersion: null,
  pendingApproval: null,
  nextRunAt: null,
  isLaunched: false,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
});

function start(answer: (revision: number, graph: Graph) => SaveOutcome) {
  const draft = createDraft(aChain('ask'));
  const states: SaveState['kind'][] = [];
  const save = vi.fn(async (revision: number, graph: Graph) => answer(revision, graph));
  const autosave = startAutosave({ draft, revision: 1, save, onState: (state) => states.push(state.kind) });
  const move = (x: number) => draft.change((graph) => moveBlocks(graph, { ask: { x, y: 0 } }));
  return { draft, states, save, autosave, move };
}

const accept = (revision: number, graph: Graph): SaveOutcome => ({
  kind: 'saved',
  workflow: aWorkflow(revision + 1, graph),
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the autosave', () => {
  test('saves once, a moment after the last of several changes', async () => {
    const { save, states, move } = start(accept);

    move(8);
    move(16);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(save).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toBe('saved');
  });

  test('tries again by itself where the server was not reached, ever more seldom, until it is saved', async () => {
    let isThere = false;
    const lost: SaveOutcome = { kind: 'failed', message: 'No answer.', isPassing: true };
    const { save, states, move } = start((revision, graph) => (isThere ? accept(revision, graph) : lost));

    move(8);
    await vi.advanceTimersByTimeAsync(20_000);
    const tries = save.mock.calls.length;
    isThere = true;
    await vi.advanceTimersByTimeAsync(30_000);

    expect(tries).toBe(3);
    expect(save).toHaveBeenCalledTimes(4);
    expect(states.at(-1)).toBe('saved');
  });

  test('does not send again what was refused', async () => {
    const { save, move } = start(() => ({ kind: 'failed', message: 'Not allowed.', isPassing: false }));

    move(8);
    await vi.advanceTimersByTimeAsync(120_000);

    expect(save).toHaveBeenCalledTimes(1);
  });

  test('names the revision of the save before', async () => {
    const { save, move } = start(accept);

    move(8);
    await vi.advanceTimersByTimeAsync(2_000);
    move(16);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(save.mock.calls.map(([revision]) => revision)).toEqual([1, 2]);
  });

  test('stops when somebody else saved first, and keeps what was drawn', async () => {
    const { draft, save, states, autosave, move } = start((_, graph) => ({
      kind: 'conflict',
      theirs: aWorkflow(9, graph),
    }));

    move(8);
    await vi.advanceTimersByTimeAsync(2_000);
    move(16);
    await vi.advanceTimersByTimeAsync(5_000);

    expect(save).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toBe('conflict');
    expect(autosave.isDirty()).toBe(true);
    expect(draft.store.getState().graph.blocks[1]?.position.x).toBe(16);
  });

  test('takes what somebody else saved', async () => {
    const theirs = aWorkflow(9, aChain('theirs'));
    const { draft, autosave, move } = start(() => ({ kind: 'conflict', theirs }));
    move(8);
    await vi.advanceTimersByTimeAsync(2_000);

    autosave.takeTheirs(theirs);

    expect(draft.store.getState().graph).toBe(theirs.draft);
    expect(autosave.isDirty()).toBe(false);
    expect(autosave.revision()).toBe(9);
  });

  test('saves over what somebody else saved when told to', async () => {
    let isFirst = true;
    const { save, states, autosave, move } = start((revision, graph) => {
      if (!isFirst) return accept(revision, graph);
      isFirst = false;
      return { kind: 'conflict', theirs: aWorkflow(9, aChain('theirs')) };
    });
    move(8);
    await vi.advanceTimersByTimeAsync(2_000);

    await autosave.overwrite(aWorkflow(9, aChain('theirs')));

    expect(save.mock.calls.at(-1)?.[0]).toBe(9);
    expect(states.at(-1)).toBe('saved');
  });

  test('tries again with the next change after a save failed', async () => {
    let isFirst = true;
    const { states, move } = start((revision, graph) => {
      if (!isFirst) return accept(revision, graph);
      isFirst = false;
      return { kind: 'failed', message: 'The server did not answer.', isPassing: false };
    });

    move(8);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(states.at(-1)).toBe('failed');
    move(16);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(states.at(-1)).toBe('saved');
  });

  test('follows what was saved elsewhere while nothing of ours waits', async () => {
    const { draft, autosave, save, move } = start(accept);
    const theirs = moveBlocks(aChain('ask'), { ask: { x: 800, y: 0 } });

    expect(autosave.follow(aWorkflow(5, theirs))).toBe(true);
    expect(draft.store.getState().graph).toBe(theirs);
    expect(autosave.isDirty()).toBe(false);
    move(8);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(save.mock.calls.map(([revision]) => revision)).toEqual([5]);
  });

  test.each(['older', 'in hand', 'being dragged'])('does not follow: %s', (why) => {
    const { draft, autosave, move } = start(accept);
    if (why === 'in hand') move(8);
    if (why === 'being dragged') draft.lift();
    const before = draft.store.getState().graph;

    expect(autosave.follow(aWorkflow(why === 'older' ? 1 : 5, aChain('ask', 'tell')))).toBe(false);
    expect(draft.store.getState().graph).toBe(before);
  });

  test('keeps what can be undone when only the name of the workflow was changed', async () => {
    const { draft, autosave, move } = start(accept);
    move(8);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(autosave.follow(aWorkflow(3, structuredClone(draft.store.getState().graph)))).toBe(false);
    expect(autosave.revision()).toBe(3);
    expect(draft.history.getState().pastStates).toHaveLength(1);
  });
});
