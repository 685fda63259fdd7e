import { ActionIcon, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConditionGroup } from '#contract';
import { ConditionsField } from './ConditionsField.tsx';
import { type Case, moveCase, newCase, toCases } from './case-changes.ts';
import classes from './RowList.module.css';
import { RowError, RowField, RowList } from './RowList.tsx';

type Props = {
  label: string;
  hint?: string | undefined;
  setting: string;
  value: unknown;
  onChange: (value: Case[]) => void;
};

/** Named cases with their conditions, in the order in which they are tried. Each of them is an exit of the block. */
export function CasesField({ value, onChange, ...field }: Props) {
  const cases = toCases(value);
  return (
    <RowField {...field}>
      <RowList
        rows={cases}
        onChange={onChange}
        setting={field.setting}
        addLabel="Add a case"
        blank={() => newCase(cases)}
        removeLabel={(at) => `Remove case ${at + 1}`}
        keyOf={({ id }) => id}
        most={20}
      >
        {(one, { at, change, error, remove }) => (
          <>
            <div className={classes.line}>
              <TextInput
                size="xs"
                flex={1}
                aria-label={`Name of case ${at + 1}`}
                placeholder={`Case ${at + 1}`}
                maxLength={60}
                value={one.label}
                onChange={(event) => change({ label: event.currentTarget.value })}
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
              {remove}
            </div>
            <ConditionsField
              label="holds when"
              value={one.condition}
              onChange={(condition: ConditionGroup) => change({ condition })}
            />
            <RowError>{error}</RowError>
          </>
        )}
      </RowList>
    </RowField>
  );
}

type ToolProps = { label: string; isOff: boolean; onClick: () => void; children: ReactNode };

/** Keeps the focus where it can do nothing any more: a case that was moved to an end stays in hand. */
function Tool({ label, isOff, onClick, children }: ToolProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      className={classes.tool}
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={isOff ? undefined : onClick}
    >
      {children}
    </ActionIcon>
  );
}
