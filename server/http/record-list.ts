import { type ConditionGroup, conditionGroupSchema, type ListField, listFields } from '#contract';
import { AppError } from '#domain/errors';
import type { Field, RecordType } from '#domain/field';
import type { RecordsQuery, Rows } from '#engine/record-ports';

const filePage = 1_000;

/** The filter of a list, which stands in its address as JSON. Throws `invalid` for what is none. */
export function toFilter(text: string | undefined): ConditionGroup | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Told below.
  }
  const read = conditionGroupSchema.safeParse(value);
  if (read.success) return read.data;
  throw new AppError(
    'invalid',
    'The filter is not a group of rules such as {"match":"all","rules":[{"field":"role","operator":"equals","value":"Employee"}]}.',
    { place: 'filter' },
  );
}

/** The columns that a file was asked for, in that order; all where it was not said. Throws `invalid` for another. */
export function toColumns(
  names: string | undefined,
  recordType: RecordType,
  fields: readonly Field[],
): ListField[] {
  const all = listFields(recordType, fields);
  if (names === undefined || names === '') return all;
  return names.split(',').map((name) => {
    const column = all.find(({ id }) => id === name);
    if (column) return column;
    throw new AppError(
      'invalid',
      `This list has no column "${name}". GET /api/v1/fields names those it has.`,
      {
        place: 'columns',
      },
    );
  });
}

/** Reads a list to its end, as lines of these columns. The first page is read at once, so that a refusal is told. */
export async function readLines<T>(
  read: (page: Pick<RecordsQuery, 'limit' | 'cursor'>) => Promise<Rows<T>>,
  columns: readonly ListField[],
  valuesOf: (record: T) => Record<string, unknown>,
): Promise<AsyncIterable<unknown[][]>> {
  const toLine = (record: T) => {
    const values = valuesOf(record);
    return columns.map(({ id }) => values[id]);
  };
  const first = await read({ limit: filePage });
  return (async function* lines() {
    for (let page = first; ; page = await read({ limit: filePage, cursor: page.nextCursor })) {
      yield page.items.map(toLine);
      if (page.nextCursor === null) return;
    }
  })();
}
