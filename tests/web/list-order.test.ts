import { expect, it } from 'vitest';
import { byName } from '../../web/api/use-workflows.ts';

const sorted = (...names: string[]) =>
  byName({ items: names.map((name) => ({ name })) }).map(({ name }) => name);

it('puts 2 before 10', () => {
  expect(sorted('Workflow 10', 'Workflow 2', 'workflow 1')).toEqual([
    'workflow 1',
    'Workflow 2',
    'Workflow 10',
  ]);
});

it('puts letters with marks beside those without', () => {
  expect(sorted('Zoom clean-up', 'Ämter', 'Apps')).toEqual(['Ämter', 'Apps', 'Zoom clean-up']);
});
