import { Button, Input, SegmentedControl } from '@mantine/core';
import { ListPlus, Plus, Trash2 } from 'lucide-react';
import type { ConditionGroup } from '#contract';
import classes from './ConditionsField.module.css';
import { newRule, toCondition, toFieldType, withRule } from './condition-changes.ts';
import { useVariables } from './form-world.ts';
import { RuleRow } from './RuleRow.tsx';
import { useRowFocus } from './use-row-focus.ts';

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: unknown;
  onChange: (value: ConditionGroup) => void;
  /** What holds where there is no rule. */
  emptyText?: string | undefined;
};

/** Rules over fields, in groups of which all or any must hold. */
export function ConditionsField({ label, hint, error, value, onChange, emptyText }: Props) {
  return (
    <Input.Wrapper label={label} description={hint} error={error} labelElement="div">
      <Group group={toCondition(value)} onChange={onChange} depth={0} emptyText={emptyText} />
    </Input.Wrapper>
  );
}

type GroupProps = {
  group: ConditionGroup;
  onChange: (group: ConditionGroup) => void;
  depth: number;
  emptyText?: string | undefined;
  onRemove?: () => void;
};

function Group({ group, onChange, depth, emptyText, onRemove }: GroupProps) {
  const variables = useVariables();
  const first = variables[0];
  const focus = useRowFocus();
  const add = (rule: ConditionGroup['rules'][number]): void => {
    focus.added();
    onChange({ ...group, rules: [...group.rules, rule] });
  };
  const addRule = (): void => add(newRule(first?.name ?? 'email', toFieldType(first?.type)));
  const addGroup = (): void => add({ match: group.match === 'all' ? 'any' : 'all', rules: [] });
  const remove = (index: number) => (): void => {
    focus.removed(index);
    onChange(withRule(group, index, null));
  };

  return (
    <div
      className={classes.group}
      data-nested={depth > 0 || undefined}
      data-row={depth > 0 || undefined}
      ref={focus.ref}
    >
      {(group.rules.length > 1 || depth > 0) && (
        <div className={classes.match}>
          <SegmentedControl
            size="xs"
            aria-label="How the rules combine"
            value={group.match}
            onChange={(match) => onChange({ ...group, match: match === 'any' ? 'any' : 'all' })}
            data={[
              { value: 'all', label: 'All' },
              { value: 'any', label: 'Any' },
            ]}
          />
          <span>of these must hold</span>
        </div>
      )}
      {group.rules.length === 0 && emptyText && depth === 0 && <p className={classes.empty}>{emptyText}</p>}
      {group.rules.map((rule, index) =>
        'rules' in rule ? (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity beside their place
            key={index}
            group={rule}
            depth={depth + 1}
            onChange={(next) => onChange(withRule(group, index, next))}
            onRemove={remove(index)}
          />
        ) : (
          <RuleRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity beside their place
            key={index}
            rule={rule}
            onChange={(next) => onChange(withRule(group, index, next))}
            onRemove={remove(index)}
          />
        ),
      )}
      <div className={classes.tools}>
        <Button
          size="compact-xs"
          variant="light"
          data-add
          leftSection={<Plus size={13} aria-hidden />}
          onClick={addRule}
        >
          Add rule
        </Button>
        {depth < 3 && group.rules.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<ListPlus size={13} aria-hidden />}
            onClick={addGroup}
          >
            Add group
          </Button>
        )}
        {onRemove && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            data-remove
            leftSection={<Trash2 size={13} aria-hidden />}
            onClick={onRemove}
          >
            Remove group
          </Button>
        )}
      </div>
    </div>
  );
}
