import { TextInput } from '@mantine/core';
import { Equal } from 'lucide-react';
import classes from './RowList.module.css';
import { RowError, RowField, RowList } from './RowList.tsx';
import { TemplateInput } from './TemplateInput.tsx';

type Row = { name: string; value: string };

type Props = {
  label: string;
  hint?: string | undefined;
  setting: string;
  value: unknown;
  onChange: (value: Row[]) => void;
};

/** Names and their values. */
export function VariableRows({ value, onChange, ...field }: Props) {
  return (
    <RowField {...field}>
      <RowList
        rows={Array.isArray(value) ? (value as Row[]) : []}
        onChange={onChange}
        setting={field.setting}
        addLabel="Add a variable"
        blank={() => ({ name: '', value: '' })}
        removeLabel={(at) => `Remove variable ${at + 1}`}
      >
        {(row, { at, change, error, remove }) => (
          <>
            <div className={classes.line}>
              <TextInput
                size="xs"
                flex={1}
                aria-label={`Name of variable ${at + 1}`}
                placeholder="name, such as manager_email"
                maxLength={64}
                value={row.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              {remove}
            </div>
            <div className={classes.line}>
              <Equal size={14} className={classes.arrow} aria-hidden />
              <div className={classes.value}>
                <TemplateInput
                  ariaLabel={`Value of variable ${at + 1}`}
                  placeholder="value or {{variable}}"
                  value={row.value}
                  onChange={(text) => change({ value: text })}
                />
              </div>
            </div>
            <RowError>{error}</RowError>
          </>
        )}
      </RowList>
    </RowField>
  );
}
