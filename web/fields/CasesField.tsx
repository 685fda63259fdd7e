import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConditionGroup } from '#contract';
import classes from './AssignmentsField.module.css';
import { ConditionsField } from './ConditionsField.tsx';
import { type Case, moveCase, newCase, toCases } from './case-changes.ts';

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: unknown;
  onChange: (value: Case[]) => void;
};

const mostCases = 20;

/** Named cases with their conditions, in the order in which they are tried. Each of them is an exit of the block. */
export function CasesField({ label, hint, error, value, onChange }: Props) {
  const cases = toCases(value);
  const change = (id: string, next: Partial<Case>): void =>
    onChange(cases.map((one) => (one.id === id ? { ...one, ...next } : one)));

  return (
    <Input.Wrapper label={label} description={hint} error={error} labelElement="div">
      <div className={classes.rows}>
        {cases.map((one, at) => (
          <div key={one.id} className={classes.row}>
            <div className={classes.line}>
              <TextInput
                size="xs"
                flex={1}
                aria-label={`Name of case ${at + 1}`}
                placeholder={`Case ${at + 1}`}
                maxLength={60}
                value={one.label}
                onChange={(event) => change(one.id, { label: event.currentTarget.value })}
              />
              <Tool
                label={`Try case ${at + 1} earlier`}
                isOff={at === 0}
                onClick={() => onChange(moveCase(cases, at, at - 1))}
              >
                <ArrowUp size={14} aria-hidden />
              </Tool>
              <Tool
                label={`Try case ${at + 1} later`}
                isOff={at === cases.length - 1}
                onClick={() => onChange(moveCase(cases, at, at + 1))}
              >
                <ArrowDown size={14} aria-hidden />
              </Tool>
              <Tool
                label={`Remove case ${at + 1}`}
                onClick={() => onChange(cases.filter((other) => other.id !== one.id))}
              >
                <X size={14} aria-hidden />
              </Tool>
            </div>
            <ConditionsField
              label="holds when"
              value={one.condition}
              onChange={(condition: ConditionGroup) => change(one.id, { condition })}
            />
          </div>
        ))}
        <div>
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<Plus size={13} aria-hidden />}
            disabled={cases.length >= mostCases}
            onClick={() => onChange([...cases, newCase(cases)])}
          >
            Add a case
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}

type ToolProps = { label: string; isOff?: boolean; onClick: () => void; children: ReactNode };

function Tool({ label, isOff = false, onClick, children }: ToolProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} disabled={isOff} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
