import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { Equal, Plus, X } from 'lucide-react';
import classes from './AssignmentsField.module.css';
import { TemplateInput } from './TemplateInput.tsx';

type Row = { name: string; value: string };

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: unknown;
  onChange: (value: Row[]) => void;
};

/** Names and their values. */
export function VariableRows({ label, hint, error, value, onChange }: Props) {
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const change = (index: number, next: Partial<Row>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...next } : row)));

  return (
    <Input.Wrapper label={label} description={hint} error={error} labelElement="div">
      <div className={classes.rows}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beside their place
          <div key={index} className={classes.row}>
            <div className={classes.line}>
              <TextInput
                size="xs"
                flex={1}
                aria-label={`Name of variable ${index + 1}`}
                placeholder="name, such as manager_email"
                maxLength={64}
                value={row.name}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove variable ${index + 1}`}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              >
                <X size={14} aria-hidden />
              </ActionIcon>
            </div>
            <div className={classes.line}>
              <Equal size={14} className={classes.arrow} aria-hidden />
              <div className={classes.value}>
                <TemplateInput
                  ariaLabel={`Value of variable ${index + 1}`}
                  placeholder="value or {{variable}}"
                  value={row.value}
                  onChange={(text) => change(index, { value: text })}
                />
              </div>
            </div>
          </div>
        ))}
        <div>
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<Plus size={13} aria-hidden />}
            onClick={() => onChange([...rows, { name: '', value: '' }])}
          >
            Add a variable
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}
