import type { Origin, RerunKind, RerunOption, RerunOptions } from '#contract';
import { countOf, toNumberText } from '../../ui/words.ts';

/** What a choice is called. */
export const choiceWords: Record<RerunKind, string> = {
  all: 'All records, from the start',
  failed: 'The failed records, from the start',
  failed_step: 'The failed records, from the failed step',
};

/** How many records a choice takes up, and from where. */
export function optionWords(option: RerunOption): string {
  const { records, count, blocks } = option;
  const leftOut = leftOutWords(option);
  if (count === 0 && leftOut.length > 0) return `None; left out: ${leftOut.join(', ')}.`;
  if (count === 0) return records === 'all' ? 'This run had no records.' : 'No record failed.';
  if (records !== 'failed_step') return `${countOf(count, 'record')}. Begin’s rules choose among them anew.`;
  const places = blocks.map((block) => `${toNumberText(block.count)} at “${block.name}”`);
  return `${countOf(count, 'record')}: ${places.join(', ')}. Variables are kept, and nothing before is repeated.`;
}

/** What is left out, and why; empty where nothing is. */
export function leftOutWords({ leftOut }: RerunOption): string[] {
  const { unclear, gone, takenUp, noStep } = leftOut;
  return [
    unclear > 0 && `${countOf(unclear, 'record')} with a call that nobody knows the outcome of`,
    gone > 0 && `${countOf(gone, 'record')} removed from this server since`,
    takenUp > 0 && `${countOf(takenUp, 'record')} that another re-run has taken up`,
    noStep > 0 && `${countOf(noStep, 'record')} that failed at no step`,
  ].filter((words) => words !== false);
}

/** What would be done twice; null where nothing would. */
export function doneWords({ records, done }: RerunOption): string | null {
  if (done === 0) return null;
  const whom = `For ${countOf(done, 'record')}`;
  return records === 'failed_step'
    ? `${whom} the call was carried out although its step failed. It is made again.`
    : `${whom} something was done at a vendor already. Those calls are made again; deletions look at the account first.`;
}

/** The button: a verb with what it acts on. */
export function actionWords(option: RerunOption | undefined): string {
  return option ? `Run ${countOf(option.count, 'record')} again` : 'Run again';
}

/** Which version is used; null where it is the one that everything uses. */
export function versionWords({ versionNumber, activeVersionNumber }: RerunOptions): string | null {
  if (activeVersionNumber === null || activeVersionNumber === versionNumber) return null;
  return `Version ${versionNumber} is used, as in this run. Version ${activeVersionNumber} is active by now; start a new run to use it.`;
}

/** The choice that repeats least; all records only when somebody says so. */
export function firstChoice({ items }: RerunOptions): RerunKind | null {
  const wanted: RerunKind[] = ['failed_step', 'failed'];
  return wanted.find((kind) => items.some(({ records, count }) => records === kind && count > 0)) ?? null;
}

/** Which records of its origin a re-run took up. */
export const originWords: Record<Origin['records'], string> = {
  all: 'Runs all records again of',
  failed: 'Runs the failed records again of',
  failed_step: 'Goes on from the failed step of the failed records of',
};
