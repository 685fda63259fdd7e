import type { Draft } from './draft.ts';

const nothing = (): void => {};

/** The draft for somebody who may look at it only: it is selected and followed, and nothing changes it. */
export const lookedAt = (draft: Draft): Draft => ({
  ...draft,
  ...{ change: nothing, undo: nothing, redo: nothing, edit: nothing, lift: nothing },
});
