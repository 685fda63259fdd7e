import { ActionIcon, Button, Skeleton, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { ChevronRight, Download, Route, Search, X } from 'lucide-react';
import { useState } from 'react';
import { isFinished, type RunStatus, typeOfBlock } from '#contract';
import { recordsFile, useRunRecords } from '../../api/use-run.ts';
import { useCatalogue } from '../../editor/catalogue.ts';
import { exitOf } from '../../editor/graph.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { countOf, toNumberText } from '../../ui/words.ts';
import { RecordRow } from './RecordRow.tsx';
import classes from './RecordsPanel.module.css';
import { useRunWorld } from './run-world.ts';
import { StatusFilter } from './StatusFilter.tsx';

/** The records of a run, by status, by the exit they took, or by text. */
export function RecordsPanel({ onOpen }: { onOpen: (n: number) => void }) {
  const { details, filter, onFilter } = useRunWorld();
  const [search, setSearch] = useState(filter.search ?? '');
  const find = useDebouncedCallback(
    (text: string) => onFilter({ ...filter, search: text.trim() || undefined }),
    250,
  );
  const records = useRunRecords(details.run.id, filter);
  const hasFilter = filter.status !== undefined || filter.block !== undefined || filter.search !== undefined;
  const clear = (): void => {
    setSearch('');
    onFilter({});
  };

  return (
    <aside className={classes.panel} aria-label="Records of this run">
      <div className={classes.filters}>
        <div className={classes.find}>
          <TextInput
            size="xs"
            placeholder="Find a record"
            aria-label="Find a record"
            leftSection={<Search size={14} aria-hidden />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              find(event.currentTarget.value);
            }}
          />
          {(records.total ?? 0) > 0 && (
            <Tooltip label={`Download ${countOf(records.total ?? 0, 'record')} as CSV`}>
              <ActionIcon
                component="a"
                variant="default"
                size={30}
                href={recordsFile(details.run.id, filter)}
                download
                aria-label={`Download ${countOf(records.total ?? 0, 'record')} as CSV`}
              >
                <Download size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
        <StatusFilter
          counts={details.run.counts}
          value={filter.status}
          onChange={(status) => onFilter({ ...filter, status })}
        />
        {filter.block && <PlaceFilter />}
      </div>
      <div className={classes.list}>
        {!hasFilter && (
          <button type="button" className={classes.run} onClick={() => onOpen(0)}>
            <Route size={16} aria-hidden />
            <span className={classes.runWords}>
              <span className={classes.label}>The run itself</span>
              <span className={classes.place}>Begin, loads and messages: once per run</span>
            </span>
            <ChevronRight size={15} className={classes.arrow} aria-hidden />
          </button>
        )}
        {records.isPending &&
          [0, 1, 2, 3, 4, 5].map((n) => <Skeleton key={n} h={32} my={10} mx={16} w="auto" />)}
        {records.error && <ErrorState error={records.error} onRetry={() => void records.refetch()} />}
        {records.items.map((record) => (
          <RecordRow key={record.n} record={record} onOpen={() => onOpen(record.n)} />
        ))}
        {records.data && records.items.length === 0 && (
          <div className={classes.none}>
            {hasFilter ? (
              <>
                <p>No record of this run fits the filter.</p>
                <Button size="xs" variant="default" onClick={clear}>
                  Show all records
                </Button>
              </>
            ) : (
              <p>{emptyWords(details.run.status)}</p>
            )}
          </div>
        )}
        {records.hasNextPage && (
          <div className={classes.more}>
            <Button
              size="xs"
              variant="subtle"
              loading={records.isFetchingNextPage}
              onClick={() => void records.fetchNextPage()}
            >
              Show more of {toNumberText(records.total ?? 0)}
            </Button>
          </div>
        )}
      </div>
    </aside>
  );
}

function emptyWords(status: RunStatus): string {
  if (status === 'cancelled' || status === 'failed') return 'The run ended before any record was chosen.';
  return isFinished(status)
    ? 'No record matched the rules of Begin when this run started. Loosen them, or load users first.'
    : 'No record has been chosen yet. They appear here as soon as Begin has chosen them.';
}

function PlaceFilter() {
  const { details, filter, onFilter } = useRunWorld();
  const { blockTypes } = useCatalogue();
  const block = details.graph.blocks.find((one) => one.id === filter.block);
  const exit = filter.exit ? exitOf(typeOfBlock(blockTypes, block), filter.exit).label : null;
  return (
    <button
      type="button"
      className={classes.chosen}
      aria-label="Show records of all blocks"
      onClick={() => onFilter({ ...filter, block: undefined, exit: undefined })}
    >
      {exit ? `left ${block?.name} by ${exit}` : `went through ${block?.name}`}
      <X size={13} aria-hidden />
    </button>
  );
}
