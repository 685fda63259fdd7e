import { type ListField, type Person, personValues, type SaasUser, saasUserValues } from '#contract';
import type { Column } from '../../ui/DataTable.tsx';
import { nameOf } from '../../ui/person-name.ts';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toValueText } from '../../ui/words.ts';
import { Activity } from './Activity.tsx';

type SaasUserRow = SaasUser & { personName: string | null };

/** Fields that say more than their plain value, and on which screens the usual columns are shown. */
type Special<T> = Record<string, Partial<Omit<Column<T>, 'key' | 'sort'>>>;

const personColumns: Special<Person> = {
  email: { from: 'sm' },
  role: { from: 'md', width: '18%' },
  status: { cell: (person) => <StatusBadge status={person.status} />, width: 140, isCut: false },
  'record.created_at': { cell: (person) => <TimeAgo at={person.createdAt} /> },
  'record.updated_at': { cell: (person) => <TimeAgo at={person.updatedAt} />, from: 'sm', width: 140 },
};

const saasUserColumns: Special<SaasUserRow> = {
  email: { from: 'sm' },
  roles: { from: 'lg' },
  status: { width: 110, from: 'md' },
  last_activity: { cell: (user) => <Activity at={user.lastActivity} />, width: 130, isCut: false },
  'record.person': {
    cell: (user) =>
      user.personId ? (
        <RouteLink to={`/people/${user.personId}`}>{user.personName ?? 'Open'}</RouteLink>
      ) : (
        'Not matched'
      ),
    from: 'md',
  },
  is_deactivated: {
    header: 'State',
    cell: (user) => <StatusBadge status={user.isDeactivated ? 'deactivated' : 'active'} />,
    width: 140,
    isCut: false,
  },
};

const nameWidth = 220;
const columnWidth = 170;

export interface Columns<T> {
  columns: Column<T>[];
  /** Set where more are shown than fit. */
  minWidth?: number;
}

/** The columns of the people list: the name, then those that were chosen. */
export function personListColumns(fields: readonly ListField[], isUsual: boolean): Columns<Person> {
  const name: Column<Person> = {
    key: 'record.name',
    header: 'Name',
    sort: 'record.name',
    cell: nameOf,
    isCut: true,
    width: '26%',
  };
  return toColumns(name, fields, personColumns, personValues, isUsual);
}

/** The columns of an app's users: what they are called there, then those that were chosen. */
export function saasUserListColumns(fields: readonly ListField[], isUsual: boolean): Columns<SaasUserRow> {
  const name: Column<SaasUserRow> = {
    key: 'display_name',
    header: 'Display name',
    sort: 'display_name',
    cell: (user) => user.displayName || user.email || user.identifier,
    isCut: true,
    width: '18%',
  };
  return toColumns(name, fields, saasUserColumns, saasUserValues, isUsual);
}

function toColumns<T>(
  name: Column<T>,
  fields: readonly ListField[],
  special: Special<T>,
  valuesOf: (record: T) => Record<string, unknown>,
  isUsual: boolean,
): Columns<T> {
  const rest = fields.map(({ id, label, type }): Column<T> => {
    const { from, width, ...more } = special[id] ?? {};
    return {
      key: id,
      header: label,
      ...(type !== 'json' && { sort: id }),
      isCut: true,
      cell: (record) => cellOf(type, valuesOf(record)[id]),
      ...more,
      ...(isUsual && { ...(from && { from }), ...(width && { width }) }),
    };
  });
  if (isUsual) return { columns: [name, ...rest] };
  return {
    columns: [{ ...name, width: nameWidth }, ...rest.map((column) => ({ ...column, width: columnWidth }))],
    minWidth: nameWidth + rest.length * columnWidth,
  };
}

function cellOf(type: ListField['type'], value: unknown) {
  const text = toValueText(value);
  if (text === '') return '—';
  return type === 'datetime' ? <TimeAgo at={String(value)} /> : text;
}
