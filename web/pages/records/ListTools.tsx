import { Button, CloseButton } from '@mantine/core';
import { Download } from 'lucide-react';
import { type ConditionGroup, describeCondition, type ListField } from '#contract';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterDrawer } from './FilterDrawer.tsx';
import classes from './ListTools.module.css';
import { parseFilter } from './list-filter.ts';

interface Props {
  /** Everything that can be filtered by. */
  all: readonly ListField[];
  fields: readonly ListField[];
  shown: readonly string[];
  onShow: (shown: string[] | null) => void;
  labelOf: (id: string) => string;
  /** As the address has it. */
  filter: string;
  onFilter: (filter: string | undefined) => void;
  /** Where the list is a file, and how it is narrowed now. */
  file: string;
  query: Record<string, string | undefined>;
}

/** What can be done with a list beside searching it: rules, columns, a file. */
export function ListTools(props: Props) {
  const { all, fields, shown, onShow, labelOf, filter, onFilter, file, query } = props;
  const read = parseFilter(filter);
  const change = (next: ConditionGroup | undefined) => onFilter(next && JSON.stringify(next));
  return (
    <>
      <div className={classes.tools}>
        <FilterDrawer fields={all} filter={read} onChange={change} />
        <ColumnsMenu fields={fields} shown={shown} onChange={onShow} />
        <Button
          component="a"
          href={`/api/v1${file}?${toSearch({ ...query, filter, columns: shown.join(',') })}`}
          download
          variant="default"
          size="sm"
          leftSection={<Download size={15} aria-hidden />}
        >
          Export CSV
        </Button>
      </div>
      {read && (
        <div className={classes.line}>
          <p className={classes.chip}>
            <span>{describeCondition(read, labelOf)}</span>
            <CloseButton size="xs" aria-label="Remove the filter" onClick={() => change(undefined)} />
          </p>
        </div>
      )}
    </>
  );
}

function toSearch(query: Record<string, string | undefined>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(entries).toString();
}
