import { describe, expect, test } from 'vitest';
import { switchBlock } from '#blocks/switch';
import { exitsOf } from '#domain/block-type';
import { messages, prepare } from '../support/decide.ts';

const isRole = (value: string) => ({
  match: 'all',
  rules: [{ field: 'role', operator: 'equals', value }],
});
const cases = [
  { id: 'case_1', label: 'Managers', condition: isRole('Manager') },
  { id: 'case_2', label: 'Staff', condition: isRole('Employee') },
];

describe('Switch', () => {
  test.each([
    ['Manager', 'case_1'],
    ['Employee', 'case_2'],
    ['Guest', 'otherwise'],
    ['', 'unknown'],
    [null, 'unknown'],
    [undefined, 'unknown'],
  ])('takes for the role %j the exit %s', (role, exit) => {
    const decision = prepare(switchBlock, { cases }).decide({ role });

    expect(decision).toMatchObject({ kind: 'done', exit });
  });

  test('does not take a later case while an earlier one may hold', () => {
    const byLicence = { id: 'case_3', label: 'Active', condition: isActive };
    const prepared = prepare(switchBlock, { cases: [cases[0], byLicence] });

    expect(prepared.decide({ status: 'active' })).toMatchObject({ exit: 'unknown' });
    expect(prepared.decide({ status: 'active', role: 'Guest' })).toMatchObject({ exit: 'case_3' });
  });

  test('says by what it decided', () => {
    const decision = prepare(switchBlock, { cases }).decide({ role: 'Employee' });

    expect(decision).toMatchObject({ note: '“Staff” holds. role was Employee.' });
  });

  test('has an exit for each case, before the others', () => {
    expect(exitsOf(switchBlock, { cases }).map(({ id, label }) => [id, label])).toEqual([
      ['case_1', 'Managers'],
      ['case_2', 'Staff'],
      ['otherwise', 'Otherwise'],
      ['unknown', 'Unknown'],
    ]);
    expect(exitsOf(switchBlock, { cases: 'broken' }).map(({ id }) => id)).toEqual(['otherwise', 'unknown']);
  });

  test('names what is wrong with its cases', () => {
    const empty = { match: 'all', rules: [] };

    expect(messages(prepare(switchBlock, { cases: [] }))).toEqual(['Add at least one case.']);
    expect(
      messages(
        prepare(switchBlock, {
          cases: [
            { id: 'case_1', label: ' ', condition: isRole('a') },
            { id: 'case_1', label: 'B', condition: empty },
            { id: 'case_2', label: 'b', condition: isRole('c') },
          ],
        }),
      ),
    ).toEqual([
      'Give every case a name.',
      'Two cases have the id "case_1". Remove one of them.',
      'Add a rule to the case "B".',
      'Two cases are called "b". Rename one of them.',
    ]);
    expect(
      switchBlock.settings.safeParse({ cases: [{ id: 'unknown', label: 'A', condition: empty }] }).success,
    ).toBe(false);
  });
});

const isActive = { match: 'all', rules: [{ field: 'status', operator: 'equals', value: 'active' }] };
