import type { Graph } from '#contract';
import { ApiError, isPassing, sentenceOf } from '../api/problem.ts';
import { fetchWorkflow, saveDraft } from '../api/use-workflow-draft.ts';
import type { SaveOutcome } from './autosave.ts';

/** Saves a draft; when somebody else saved first, what they saved comes with the answer. */
export async function trySave(id: string, revision: number, graph: Graph): Promise<SaveOutcome> {
  try {
    return { kind: 'saved', workflow: await saveDraft(id, revision, graph) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return readTheirs(id);
    return { kind: 'failed', message: sentenceOf(error), isPassing: isPassing(error) };
  }
}

async function readTheirs(id: string): Promise<SaveOutcome> {
  try {
    return { kind: 'conflict', theirs: await fetchWorkflow(id) };
  } catch {
    const message = 'Somebody else saved first, and the server did not answer.';
    return { kind: 'failed', message, isPassing: true };
  }
}
