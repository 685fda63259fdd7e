import { ActionIcon, Button, Text, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { findSettingError } from '../../fields/form-world.ts';
import { TemplateInput } from '../../fields/TemplateInput.tsx';
import { useFormIssues } from '../../fields/use-form-issues.ts';
import { useRowFocus } from '../../fields/use-row-focus.ts';
import classes from './KeyValueTab.module.css';

type Row = { key: string; value: string };

type Props = {
  setting: string;
  rows: readonly Row[];
  onChange: (rows: Row[]) => void;
  hint?: string;
  addLabel: string;
};

/** Names with values that may hold variables: params or headers. */
export function KeyValueTab({ setting, rows, onChange, hint, addLabel }: Props) {
  const issues = useFormIssues();
  const focus = useRowFocus();
  const change = (index: number, row: Row): void =>
    onChange(rows.map((old, at) => (at === index ? row : old)));

  return (
    <div className={classes.rows} ref={focus.ref}>
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beside their place
        <div key={index} className={classes.row} data-row>
          <TextInput
            className={classes.key}
            aria-label={`Name ${index + 1}`}
            placeholder="name"
            value={row.key}
            onChange={(event) => change(index, { ...row, key: event.currentTarget.value })}
          />
          <div className={classes.value}>
            <TemplateInput
              ariaLabel={`Value ${index + 1}`}
              placeholder="value"
              value={row.value}
              error={findSettingError(issues, `${setting}[${index}]`)}
              onChange={(value) => change(index, { ...row, value })}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            mt={6}
            aria-label={`Remove row ${index + 1}`}
            onClick={() => {
              focus.removed();
              onChange(rows.filter((_, at) => at !== index));
            }}
          >
            <X size={14} aria-hidden />
          </ActionIcon>
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
            onChange([...rows, { key: '', value: '' }]);
          }}
        >
          {addLabel}
        </Button>
      </div>
    </div>
  );
}
