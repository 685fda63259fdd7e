import { expect, test } from 'vitest';
import { type AnswerRule, says } from '#domain/answer-rule';

const body = {
  code: 1001,
  text: 'User x1 is gone.',
  on: false,
  list: ['7'],
  none: [],
  email: 'Ada@acme.test',
  addresses: ['home@ada.test', 'Ada@acme.test', ''],
};

test.each<[AnswerRule['path'], AnswerRule['test'], string, boolean]>([
  ['code', 'is', '1001', true],
  ['on', 'is', 'false', true],
  ['list', 'is', '7', true],
  ['code', 'is-not', '1002', true],
  ['list', 'lacks', '8', true],
  ['list', 'lacks', '7', false],
  ['text', 'lacks', 'x9', false],
  ['absent', 'lacks', '8', false],
  ['absent', 'is-not', '1002', false],
  ['absent', 'is', '', false],
  ['email', 'is-address', 'ada@ACME.test', true],
  ['absent', 'is-address', '', false],
  ['addresses', 'is-address', 'ada@acme.test', true],
  ['addresses', 'is-address', 'eve@acme.test', false],
  ['addresses', 'is-address', '', false],
  ['text', 'contains', 'x1', true],
  ['text', 'contains', '', false],
  ['list', 'contains', '7', true],
  ['code', 'has-value', '', true],
  ['absent', 'has-value', '', false],
  ['none', 'is-empty', '', true],
  ['list', 'is-empty', '', false],
  ['absent', 'is-empty', '', false],
])('%s %s "%s" is %s', (path, test, value, expected) => {
  expect(says({ path, test, value }, body)).toBe(expected);
});
