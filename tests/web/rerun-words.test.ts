import { describe, expect, test } from 'vitest';
import type { RerunOption, RerunOptions } from '#contract';
import {
  actionWords,
  doneWords,
  firstChoice,
  leftOutWords,
  optionWords,
  versionWords,
} from '../../web/pages/run/rerun-words.ts';

const option = (about: Partial<RerunOption>): RerunOption => ({
  records: 'failed_step',
  count: 3,
  done: 0,
  leftOut: { unclear: 0, gone: 0, takenUp: 0, noStep: 0 },
  blocks: [],
  ...about,
});
const options = (items: RerunOption[], active: number | null = 2): RerunOptions => ({
  ...{ obstacle: null, versionNumber: 2, activeVersionNumber: active, items },
});

describe('what a re-run says about itself', () => {
  test('how many records, and from where', () => {
    const blocks = [
      { block: 'a', name: 'Delete User', count: 1200 },
      { block: 'b', name: 'Notify', count: 1 },
    ];
    expect(optionWords(option({ count: 1201, blocks }))).toBe(
      '1\u202f201 records: 1\u202f200 at “Delete User”, 1 at “Notify”. Variables are kept, and nothing before is repeated.',
    );
    expect(optionWords(option({ records: 'all', count: 1 }))).toBe(
      '1 record. Begin’s rules choose among them anew.',
    );
    expect(optionWords(option({ count: 0 }))).toBe('No record failed.');
    const leftOut = { unclear: 0, gone: 0, takenUp: 2, noStep: 0 };
    expect(optionWords(option({ count: 0, leftOut }))).toBe(
      'None; left out: 2 records that another re-run has taken up.',
    );
    expect(actionWords(option({}))).toBe('Run 3 records again');
  });

  test('what is left out, and what would be done twice', () => {
    const leftOut = { unclear: 2, gone: 1, takenUp: 0, noStep: 0 };
    expect(leftOutWords(option({ leftOut }))).toEqual([
      '2 records with a call that nobody knows the outcome of',
      '1 record removed from this server since',
    ]);
    expect(doneWords(option({}))).toBeNull();
    expect(doneWords(option({ done: 1 }))).toMatch(/^For 1 record the call was carried out/);
    expect(doneWords(option({ records: 'all', done: 2 }))).toMatch(/^For 2 records something was done/);
  });

  test('begins with the choice that repeats least', () => {
    const items = [option({ records: 'all', count: 9 }), option({ records: 'failed' })];
    expect(firstChoice(options([...items, option({})]))).toBe('failed_step');
    expect(firstChoice(options([...items, option({ count: 0 })]))).toBe('failed');
    expect(firstChoice(options([items[0]!, option({ count: 0 })]))).toBeNull();
  });

  test('names the version only where it is not the active one', () => {
    expect(versionWords(options([]))).toBeNull();
    expect(versionWords(options([], 5))).toMatch(/^Version 2 is used.*Version 5 is active/);
  });
});
