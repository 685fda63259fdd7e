/** A run that a sentence names in brackets. */
export const runInText = /\((run_[0-9a-z]+)\)/;

/** The same sentence where there is no room for a link. */
export const withoutRun = (text: string): string => text.replace(new RegExp(` ?${runInText.source}`), '');
