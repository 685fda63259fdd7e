import { ActionIcon, Button, Input } from '@mantine/core';
import { ArrowLeft, Plus, X } from 'lucide-react';
import classes from './AssignmentsField.module.css';
import { type Target, TargetSelect } from './TargetSelect.tsx';
import { TemplateInput } from './TemplateInput.tsx';

export type Assignment = { target: { kind: 'person' | 'saas_user'; name: string }; value: string };

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: unknown;
  onChange: (value: Assignment[]) => void;
};

/** Which field becomes which value. */
export function AssignmentsField({ label, hint, error, value, onChange }: Props) {
  const rows = Array.isArray(value) ? (value as Assignment[]) : [];
  const change = (index: number, next: Assignment | null): void =>
    onChange(rows.flatMap((row, at) => (at === index ? (next ? [next] : []) : [row])));
  const retarget = (row: Assignment, target: Target): Assignment =>
    target.kind === 'variable' ? row : { ...row, target: { kind: target.kind, name: target.name } };

  return (
    <Input.Wrapper label={label} description={hint} error={error} labelElement="div">
      <div className={classes.rows}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beside their place
          <div key={index} className={classes.row}>
            <div className={classes.line}>
              <TargetSelect
                ariaLabel="Field to set"
                value={row.target.name === '' ? null : row.target}
                onChange={(target) => change(index, retarget(row, target))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label="Remove this row"
                onClick={() => change(index, null)}
              >
                <X size={14} aria-hidden />
              </ActionIcon>
            </div>
            <div className={classes.line}>
              <ArrowLeft size={14} className={classes.arrow} aria-hidden />
              <div className={classes.value}>
                <TemplateInput
                  ariaLabel="New value"
                  placeholder="value or {{variable}}"
                  value={row.value}
                  onChange={(text) => change(index, { ...row, value: text })}
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
            onClick={() => onChange([...rows, { target: { kind: 'person', name: '' }, value: '' }])}
          >
            Set a field
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}
