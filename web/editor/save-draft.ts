import type { Graph } from '#contract';
import { ApiError } from '../api/problem.ts';
import { fetchWorkflow, saveDraft } from '../api/use-workflow-draft.ts';
import type { SaveOutcome } from './autosave.ts';

/** Saves a draft; when somebody else saved first, what they saved comes with the answer. */
export async function trySave(id: string, revision: number, graph: Graph): Promise<SaveOutcome> {
  try {
    return { kind: 'saved', workflow: await saveDraft(id, revision, graph) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return readTheirs(id);
    return { kind: 'failed', message: error instanceof Error ? error.message : 'The server did not answer.' };
  }
}

async function readTheirs(id: string): Promise<SaveOutcome> {
  try {
    return { kind: 'conflict', theirs: await fetchWorkflow(id) };
  } catch {
    return { kind: 'failed', message: 'Somebody else saved first, and the server did not answer.' };
  }
}
