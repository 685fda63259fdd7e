import { ActionIcon, Button, Input } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { findSettingError } from './form-world.ts';
import classes from './RowList.module.css';
import { useFormIssues } from './use-form-issues.ts';
import { useRowFocus } from './use-row-focus.ts';

/** What a row of a list is drawn with. */
export type RowHands<Row> = {
  at: number;
  change: (part: Partial<Row>) => void;
  /** The finding about this row. */
  error: string | undefined;
  /** The button that takes the row out of the list. */
  remove: ReactNode;
};

type Props<Row> = {
  rows: readonly Row[];
  onChange: (rows: Row[]) => void;
  /** Where findings say that a row is: `variables` for `variables[0]`. */
  setting: string;
  addLabel: string;
  blank: () => Row;
  removeLabel: (at: number) => string;
  /** Rows that can be moved keep what is theirs by a key; others are known by their place. */
  keyOf?: (row: Row) => string;
  most?: number;
  /** Rows of one line stand without a frame. */
  isPlain?: boolean;
  /** What is said while there is no row. */
  empty?: ReactNode;
  children: (row: Row, hands: RowHands<Row>) => ReactNode;
};

/** Rows that are added at the end and removed one by one; the keyboard stays among them. */
export function RowList<Row extends object>(props: Props<Row>) {
  const { rows, onChange, setting, addLabel, blank, removeLabel, keyOf, isPlain, empty, children } = props;
  const issues = useFormIssues();
  const focus = useRowFocus();
  const handsOf = (at: number): RowHands<Row> => ({
    at,
    change: (part) => onChange(rows.map((old, i) => (i === at ? { ...old, ...part } : old))),
    error: findSettingError(issues, `${setting}[${at}]`),
    remove: (
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        data-remove
        aria-label={removeLabel(at)}
        onClick={() => {
          focus.removed(at);
          onChange(rows.filter((_, i) => i !== at));
        }}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
    ),
  });

  return (
    <div className={classes.rows} ref={focus.ref}>
      {rows.length === 0 && empty}
      {rows.map((row, at) => (
        <div key={keyOf?.(row) ?? at} className={isPlain ? classes.plain : classes.row} data-row>
          {children(row, handsOf(at))}
        </div>
      ))}
      <div>
        <Button
          size="compact-xs"
          variant="light"
          data-add
          leftSection={<Plus size={13} aria-hidden />}
          disabled={rows.length >= (props.most ?? Number.POSITIVE_INFINITY)}
          onClick={() => {
            focus.added();
            onChange([...rows, blank()]);
          }}
        >
          {addLabel}
        </Button>
      </div>
    </div>
  );
}

type FieldProps = { label: string; hint?: string | undefined; setting: string; children: ReactNode };

/** A list as one setting of a form: findings about one row stand in that row, others below the list. */
export function RowField({ label, hint, setting, children }: FieldProps) {
  const own = useFormIssues().find((issue) => issue.setting === setting);
  return (
    <Input.Wrapper label={label} description={hint} error={own?.message} labelElement="div">
      {children}
    </Input.Wrapper>
  );
}

/** The finding about a row, below what it is about. */
export const RowError = ({ children }: { children: string | undefined }) =>
  children && <Input.Error>{children}</Input.Error>;
