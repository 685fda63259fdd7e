import type { Resolution } from '#contract';

/** What a person may say about a call whose outcome nobody knows, and what comes of it. */
export const resolutionWords: Record<Resolution, { label: string; words: (name: string) => string }> = {
  it_happened: {
    label: 'It happened',
    words: (name) =>
      `“${name}” counts as done for this record, and the record goes on by its way of success.`,
  },
  repeat: {
    label: 'It did not happen, repeat',
    words: (name) =>
      `“${name}” is sent again. If the first call did arrive after all, it then happens twice.`,
  },
  leave: {
    label: 'Leave it',
    words: () => 'Nothing more is done for this record in this run, and it counts as failed.',
  },
};
