import { type ConditionGroup, operatorLabels, type Rule } from './condition.ts';

/** A condition as a sentence part: `Role equals Employee and last_activity more than 90 days ago`. */
export function conditionSentence({ match, rules }: ConditionGroup): string {
  const parts = rules.map((rule) => ('rules' in rule ? `(${conditionSentence(rule)})` : ruleWords(rule)));
  return parts.join(match === 'all' ? ' and ' : ' or ');
}

function ruleWords({ field, operator, value, unit }: Rule): string {
  const label = operatorLabels[operator].toLowerCase();
  const shown = value === undefined || value === null ? '' : ` ${String(value)}`;
  return `${field} ${label}${shown}${unit === undefined ? '' : ` ${unit}`}`;
}
