import { expect, it } from 'vitest';
import { blocks } from '#blocks/index';
import { parseSettings } from '#engine/parse-settings';

/** What the settings of a block are told is wrong, as `setting: message`. */
function problemsOf(type: string, settings: unknown): string[] {
  const found = blocks.find((block) => block.type === type);
  if (!found) throw new Error(`There is no block ${type}.`);
  const parsed = parseSettings(found, settings);
  return parsed.ok ? [] : parsed.problems.map(({ setting, message }) => `${setting}: ${message}`);
}

it.each([
  ['approval', { hours: 721 }, 'hours: At most 720.'],
  ['approval', { hours: 0 }, 'hours: At least 1.'],
  ['approval', { hours: 1.5 }, 'hours: Enter a whole number.'],
  ['approval', { hours: null }, 'hours: Enter a number.'],
  ['approval', { question: 'x'.repeat(401) }, 'question: At most 400 characters.'],
  ['approval', { per: 'week' }, 'per: Choose one of those that are offered.'],
  ['approval', { roles: ['baker'] }, 'roles[0]: Choose one of those that are offered.'],
  ['for-each', { most: 5000 }, 'most: At most 1,000.'],
  ['wait', { amount: 1_000_000 }, 'amount: At most 100,000.'],
  [
    'set-variable',
    { variables: [{ name: 'n'.repeat(65), value: '' }] },
    'variables[0].name: At most 64 characters.',
  ],
  ['stop', { message: 7 }, 'message: This cannot be read. Enter it again.'],
  ['stop', { text: '' }, ': There is no setting called "text" here.'],
])('says in words what is wrong with the settings of %s: %j', (type, settings, problem) => {
  expect(problemsOf(type, settings)).toEqual([problem]);
});

it('leaves a block type its own words', () => {
  const cases = Array.from({ length: 21 }, (_, at) => ({
    id: `case_${at}`,
    label: `${at}`,
    condition: { match: 'all', rules: [] },
  }));

  expect(problemsOf('switch', { cases })).toEqual(['cases: A Switch has at most 20 cases. Split it in two.']);
});
