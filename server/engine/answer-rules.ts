import type { AnswerRule } from '../domain/answer-rule.ts';
import type { PrepareContext } from './block.ts';
import { renderValue } from './template.ts';

/** Prepares rules for many records: their values are rendered for each. */
export function prepareAnswerRules(
  rules: readonly AnswerRule[],
  context: Pick<PrepareContext, 'template'>,
  own: readonly string[] = [],
  setting = 'presetId',
): (variables: Readonly<Record<string, unknown>>) => AnswerRule[] {
  const prepared = rules.map((rule) => ({ rule, value: context.template(rule.value, setting, own) }));
  return (variables) =>
    prepared.map(({ rule, value }) => ({ ...rule, value: String(renderValue(value, variables) ?? '') }));
}
