import { ActionIcon, Button, Select, Text, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ApiSettings } from '#contract';
import rowClasses from '../../fields/AssignmentsField.module.css';
import { findSettingError } from '../../fields/form-world.ts';
import { TemplateInput } from '../../fields/TemplateInput.tsx';
import { useFormIssues } from '../../fields/use-form-issues.ts';
import { useRowFocus } from '../../fields/use-row-focus.ts';

type Condition = ApiSettings['conditions'][number];
type Props = { rows: readonly Condition[]; onChange: (rows: Condition[]) => void };

const tests: { value: Condition['test']; label: string }[] = [
  { value: 'is', label: 'is' },
  { value: 'is-not', label: 'is something else than' },
  { value: 'is-address', label: 'is the address' },
  { value: 'contains', label: 'contains' },
  { value: 'lacks', label: 'is a list without' },
  { value: 'has-value', label: 'has a value' },
  { value: 'is-empty', label: 'is there, and empty' },
];
const withoutValue = new Set<Condition['test']>(['has-value', 'is-empty']);

/** What a successful answer must say besides its status. */
export function ConditionRows({ rows, onChange }: Props) {
  const issues = useFormIssues();
  const focus = useRowFocus();
  const change = (index: number, changed: Partial<Condition>): void =>
    onChange(rows.map((old, at) => (at === index ? { ...old, ...changed } : old)));

  return (
    <section aria-label="Conditions">
      <Text size="sm" fw={600}>
        And the answer says
      </Text>
      <Text size="xs" c="dimmed">
        Some vendors answer 200 and tell of an error in the body. What is absent says nothing.
      </Text>
      <div className={rowClasses.rows} ref={focus.ref}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beside their place
          <div key={index} className={rowClasses.row} data-row>
            <div className={rowClasses.line}>
              <TextInput
                size="xs"
                flex={1}
                aria-label={`Path of condition ${index + 1}`}
                placeholder="status, items[0].id"
                error={findSettingError(issues, `conditions[${index}]`)}
                value={row.path}
                onChange={(event) => change(index, { path: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove condition ${index + 1}`}
                onClick={() => {
                  focus.removed();
                  onChange(rows.filter((_, at) => at !== index));
                }}
              >
                <X size={14} aria-hidden />
              </ActionIcon>
            </div>
            <div className={rowClasses.line}>
              <Select
                size="xs"
                w={170}
                aria-label={`Test of condition ${index + 1}`}
                allowDeselect={false}
                data={tests}
                value={row.test}
                onChange={(test) => test && change(index, { test: test as Condition['test'] })}
              />
              {!withoutValue.has(row.test) && (
                <div className={rowClasses.value}>
                  <TemplateInput
                    ariaLabel={`Value of condition ${index + 1}`}
                    placeholder="active"
                    value={row.value}
                    onChange={(value) => change(index, { value })}
                  />
                </div>
              )}
            </div>
          </div>
        ))}
        <div>
          <Button
            size="compact-xs"
            variant="light"
            data-add
            leftSection={<Plus size={13} aria-hidden />}
            onClick={() => {
              focus.added();
              onChange([...rows, { path: '', test: 'is', value: '' }]);
            }}
          >
            Add a condition
          </Button>
        </div>
      </div>
    </section>
  );
}
