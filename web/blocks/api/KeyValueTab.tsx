import { Text, TextInput } from '@mantine/core';
import classes from '../../fields/RowList.module.css';
import { RowList } from '../../fields/RowList.tsx';
import { TemplateInput } from '../../fields/TemplateInput.tsx';

type Row = { key: string; value: string };

type Props = {
  setting: string;
  rows: readonly Row[];
  onChange: (rows: Row[]) => void;
  hint?: string;
  addLabel: string;
};

/** Names with values that may hold variables: params or headers. */
export function KeyValueTab({ hint, ...list }: Props) {
  return (
    <div>
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      <RowList
        {...list}
        isPlain
        blank={() => ({ key: '', value: '' })}
        removeLabel={(at) => `Remove row ${at + 1}`}
      >
        {(row, { at, change, error, remove }) => (
          <>
            <TextInput
              className={classes.key}
              aria-label={`Name ${at + 1}`}
              placeholder="name"
              value={row.key}
              onChange={(event) => change({ key: event.currentTarget.value })}
            />
            <div className={classes.value}>
              <TemplateInput
                ariaLabel={`Value ${at + 1}`}
                placeholder="value"
                value={row.value}
                error={error}
                onChange={(value) => change({ value })}
              />
            </div>
            {remove}
          </>
        )}
      </RowList>
    </div>
  );
}
