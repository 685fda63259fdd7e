import { ActionIcon, Button, Text } from '@mantine/core';
import { ArrowRight, Plus, X } from 'lucide-react';
import type { ResponseRow } from '#contract';
import rowClasses from '../../fields/AssignmentsField.module.css';
import { findSettingError } from '../../fields/form-world.ts';
import { TargetSelect } from '../../fields/TargetSelect.tsx';
import { TemplateInput } from '../../fields/TemplateInput.tsx';
import { useFormIssues } from '../../fields/use-form-issues.ts';
import { useRowFocus } from '../../fields/use-row-focus.ts';

type Props = {
  title: string;
  setting: string;
  rows: readonly ResponseRow[];
  onChange: (rows: ResponseRow[]) => void;
};

/** Values of an answer and the fields or variables that keep them. */
export function ResponseRows({ title, setting, rows, onChange }: Props) {
  const issues = useFormIssues();
  const focus = useRowFocus();
  const change = (index: number, row: ResponseRow): void =>
    onChange(rows.map((old, at) => (at === index ? row : old)));

  return (
    <section aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <div className={rowClasses.rows} ref={focus.ref}>
        {rows.length === 0 && (
          <Text size="xs" c="dimmed">
            Nothing is kept.
          </Text>
        )}
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beside their place
          <div key={index} className={rowClasses.row} data-row>
            <div className={rowClasses.line}>
              <div className={rowClasses.value}>
                <TemplateInput
                  ariaLabel={`Value ${index + 1} of the answer`}
                  placeholder="{{response}}"
                  error={
                    row.target.name === '' ? undefined : findSettingError(issues, `${setting}[${index}]`)
                  }
                  value={row.value}
                  onChange={(value) => change(index, { ...row, value })}
                />
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove row ${index + 1}`}
                onClick={() => {
                  focus.removed();
                  onChange(rows.filter((_, at) => at !== index));
                }}
              >
                <X size={14} aria-hidden />
              </ActionIcon>
            </div>
            <div className={rowClasses.line}>
              <ArrowRight size={14} className={rowClasses.arrow} aria-hidden />
              <TargetSelect
                ariaLabel={`Value ${index + 1} is kept in`}
                hasVariables
                value={row.target}
                error={row.target.name === '' ? 'Choose where the value is kept.' : undefined}
                onChange={(target) => change(index, { ...row, target })}
              />
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
              onChange([...rows, { value: '{{response}}', target: { kind: 'person', name: '' } }]);
            }}
          >
            Keep a value
          </Button>
        </div>
      </div>
    </section>
  );
}
