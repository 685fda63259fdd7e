import { useLocalStorage } from '@mantine/hooks';
import { type ListField, listFields, type RecordType } from '#contract';
import { useFields } from '../../api/use-fields.ts';

/** Fields that a list can show and those that it shows; the choice is kept in this browser for each list. */
export function useListColumns(
  recordType: RecordType,
  list: string,
  usual: readonly string[],
  name: string,
  isOffered: (id: string) => boolean = () => true,
) {
  const [chosen, setChosen] = useLocalStorage<string[] | null>({
    key: `rollcall:columns:${list}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const all = listFields(recordType, useFields().data ?? []).filter(({ id }) => isOffered(id));
  // What a record is called is always the first column.
  const fields = all.filter(({ id }) => id !== name);
  const shown = chosen ?? [...usual];
  const columns = shown
    .map((id) => fields.find((field) => field.id === id))
    .filter((field): field is ListField => field !== undefined);
  const labelOf = (id: string): string => all.find((field) => field.id === id)?.label ?? id;
  return { all, fields, shown, columns, isUsual: chosen === null, setShown: setChosen, labelOf };
}
