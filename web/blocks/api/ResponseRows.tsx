import { Text } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import type { ResponseRow } from '#contract';
import classes from '../../fields/RowList.module.css';
import { RowList } from '../../fields/RowList.tsx';
import { TargetSelect } from '../../fields/TargetSelect.tsx';
import { TemplateInput } from '../../fields/TemplateInput.tsx';

type Props = {
  title: string;
  setting: string;
  rows: readonly ResponseRow[];
  onChange: (rows: ResponseRow[]) => void;
};

const nothing = (
  <Text size="xs" c="dimmed">
    Nothing is kept.
  </Text>
);

/** Values of an answer and the fields or variables that keep them. */
export function ResponseRows({ title, ...list }: Props) {
  return (
    <section aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <RowList<ResponseRow>
        {...list}
        addLabel="Keep a value"
        blank={() => ({ value: '{{response}}', target: { kind: 'person', name: '' } })}
        removeLabel={(at) => `Remove row ${at + 1}`}
        empty={nothing}
      >
        {(row, { at, change, error, remove }) => (
          <>
            <div className={classes.line}>
              <div className={classes.value}>
                <TemplateInput
                  ariaLabel={`Value ${at + 1} of the answer`}
                  placeholder="{{response}}"
                  error={row.target.name === '' ? undefined : error}
                  value={row.value}
                  onChange={(value) => change({ value })}
                />
              </div>
              {remove}
            </div>
            <div className={classes.line}>
              <ArrowRight size={14} className={classes.arrow} aria-hidden />
              <TargetSelect
                ariaLabel={`Value ${at + 1} is kept in`}
                hasVariables
                value={row.target}
                error={row.target.name === '' ? 'Choose where the value is kept.' : undefined}
                onChange={(target) => change({ target })}
              />
            </div>
          </>
        )}
      </RowList>
    </section>
  );
}
