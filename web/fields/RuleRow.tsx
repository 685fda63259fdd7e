import { ActionIcon, NumberInput, Select, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import {
  needsDays,
  needsValue,
  operatorLabels,
  operatorsFor,
  type Rule,
  type RuleUnit,
  ruleUnits,
} from '#contract';
import classes from './ConditionsField.module.css';
import { toFieldType, withField, withOperator } from './condition-changes.ts';
import { useVariables } from './form-world.ts';
import { VariableSelect } from './VariableSelect.tsx';

type Props = { rule: Rule; onChange: (rule: Rule) => void; onRemove: () => void };

/** One rule: a field, an operator that suits it, and the value that the operator asks for. */
export function RuleRow({ rule, onChange, onRemove }: Props) {
  const variables = useVariables();
  const typeOf = (name: string) => toFieldType(variables.find((variable) => variable.name === name)?.type);
  const offered = operatorsFor(typeOf(rule.field));
  const shown = offered.includes(rule.operator) ? offered : [rule.operator, ...offered];

  return (
    <div className={classes.rule} data-row>
      <div className={classes.line}>
        <VariableSelect
          ariaLabel="Field"
          value={rule.field}
          onChange={(field) => onChange(withField(rule, field, typeOf(field)))}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          data-remove
          aria-label="Remove this rule"
          onClick={onRemove}
        >
          <X size={14} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.line}>
        <Select
          size="xs"
          className={classes.operator}
          aria-label="Operator"
          allowDeselect={false}
          checkIconPosition="right"
          data={shown.map((operator) => ({ value: operator, label: operatorLabels[operator] }))}
          value={rule.operator}
          onChange={(operator) => operator && onChange(withOperator(rule, operator as Rule['operator']))}
        />
        <RuleValue rule={rule} onChange={onChange} />
      </div>
    </div>
  );
}

function RuleValue({ rule, onChange }: Pick<Props, 'rule' | 'onChange'>) {
  if (!needsValue(rule.operator)) return null;
  if (needsDays(rule.operator)) {
    return (
      <>
        <NumberInput
          size="xs"
          className={classes.number}
          aria-label="How many"
          min={0}
          allowDecimal={false}
          value={typeof rule.value === 'boolean' ? '' : (rule.value ?? '')}
          onChange={(value) => onChange({ ...rule, value })}
        />
        <Select
          size="xs"
          className={classes.unit}
          aria-label="Unit"
          allowDeselect={false}
          data={[...ruleUnits]}
          value={rule.unit ?? 'days'}
          onChange={(unit) => unit && onChange({ ...rule, unit: unit as RuleUnit })}
        />
      </>
    );
  }
  return (
    <TextInput
      size="xs"
      className={classes.value}
      aria-label="Value"
      placeholder="value"
      value={String(rule.value ?? '')}
      onChange={(event) => onChange({ ...rule, value: event.currentTarget.value })}
    />
  );
}
