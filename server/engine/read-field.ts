import { parsePath, readPath } from '../domain/path.ts';
import type { VendorField } from '../domain/vendor.ts';

/** Names of ids by vendor field, such as the names of roles. */
export type LookupNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What a load knows besides the vendor's records. */
export interface LoadFacts {
  names: LookupNames;
  /** ISO 8601. */
  startedAt: string;
  credentialName?: string;
  /** What the operator entered, such as an account key. */
  inputs?: Readonly<Record<string, string>>;
}

export type ReadField = (item: unknown) => unknown;

/** Prepares reading one vendor field from many records; what is nowhere to be found is `undefined`. */
export function prepareField(field: VendorField, facts: LoadFacts): ReadField {
  if (field.made !== undefined) {
    const made = makeValue(field, facts);
    return () => made;
  }
  const find = prepareFinding(field);
  const read: ReadField = field.type === 'datetime' ? (item) => toInstantText(find(item)) : find;
  const known = facts.names.get(field.key);
  if (!known) return read;
  const toName = (id: unknown) => known.get(String(id)) ?? id;
  return (item) => {
    const value = read(item);
    if (Array.isArray(value)) return value.map(toName);
    return value === undefined || value === null ? value : toName(value);
  };
}

function makeValue({ made, input }: VendorField, { startedAt, credentialName, inputs }: LoadFacts): unknown {
  if (made === 'load-started-at') return startedAt;
  if (made === 'credential-name') return credentialName;
  return input === undefined ? undefined : inputs?.[input];
}

/** Prepares looking at one place after the other; what is nowhere to be found is `undefined`. */
export function prepareFinding({
  path,
  fallbacks,
  orAny,
}: Pick<VendorField, 'path' | 'fallbacks' | 'orAny'>): ReadField {
  const first = parsePath(path);
  if (fallbacks.length === 0 && !orAny) return (item) => readPath(item, first);

  const paths = [first, ...fallbacks.map(parsePath)];
  const list = orAny && parsePath(orAny.path);
  return (item) => {
    for (const each of paths) {
      const value = readPath(item, each);
      if (!isNothing(value)) return value;
    }
    const values = list && readPath(item, list);
    // Without a list nobody knows, and unknown is not "no".
    return Array.isArray(values) ? values.includes(orAny?.value) : undefined;
  };
}

/** An empty list may hide another shape: `roles[*].name` finds none where roles are ids. */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Milliseconds of 1973 and later are larger than seconds of any year up to 5138. */
const leastMs = 100_000_000_000;

/** Some vendors write times as seconds or milliseconds since 1970. Everything else stays as it is. */
function toInstantText(value: unknown): unknown {
  if (typeof value !== 'number' || value <= 0) return value;
  const time = new Date(value < leastMs ? value * 1000 : value);
  return Number.isNaN(time.getTime()) ? value : time.toISOString();
}
