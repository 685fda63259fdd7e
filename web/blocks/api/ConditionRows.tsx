import { Select, Text, TextInput } from '@mantine/core';
import type { ApiSettings } from '#contract';
import classes from '../../fields/RowList.module.css';
import { RowList } from '../../fields/RowList.tsx';
import { TemplateInput } from '../../fields/TemplateInput.tsx';

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
export function ConditionRows(list: Props) {
  return (
    <section aria-label="Conditions">
      <Text size="sm" fw={600}>
        And the answer says
      </Text>
      <Text size="xs" c="dimmed">
        Some vendors answer 200 and tell of an error in the body. What is absent says nothing.
      </Text>
      <RowList<Condition>
        {...list}
        setting="conditions"
        addLabel="Add a condition"
        blank={() => ({ path: '', test: 'is', value: '' })}
        removeLabel={(at) => `Remove condition ${at + 1}`}
      >
        {(row, { at, change, error, remove }) => (
          <>
            <div className={classes.line}>
              <TextInput
                size="xs"
                flex={1}
                aria-label={`Path of condition ${at + 1}`}
                placeholder="status, items[0].id"
                error={error}
                value={row.path}
                onChange={(event) => change({ path: event.currentTarget.value })}
              />
              {remove}
            </div>
            <div className={classes.line}>
              <Select
                size="xs"
                w={170}
                aria-label={`Test of condition ${at + 1}`}
                allowDeselect={false}
                data={tests}
                value={row.test}
                onChange={(test) => test && change({ test: test as Condition['test'] })}
              />
              {!withoutValue.has(row.test) && (
                <div className={classes.value}>
                  <TemplateInput
                    ariaLabel={`Value of condition ${at + 1}`}
                    placeholder="active"
                    value={row.value}
                    onChange={(value) => change({ value })}
                  />
                </div>
              )}
            </div>
          </>
        )}
      </RowList>
    </section>
  );
}
