import { z } from 'zod';
import type { Mapping, MappingRow } from './mapping.ts';

/** The role that every organisation has; it can be neither renamed nor removed. */
export const builtInRole = 'Employee';

export const roleNameSchema = z.string().trim().min(1, 'Enter a name.').max(120);

/** What a person is in the organisation. Not to be mixed up with what an operator may do here. */
export const personRoleSchema = z.strictObject({
  name: z.string(),
  isBuiltIn: z.boolean(),
  /** How many people have it. */
  people: z.int(),
  /** Integrations whose mapping gives it. */
  integrations: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});
export type PersonRole = z.infer<typeof personRoleSchema>;

/** Whether a mapping gives people this role: as a constant, or by a value map. */
export function givesRole(mapping: Mapping, role: string): boolean {
  return JSON.stringify(withRole(mapping, role, '')) !== JSON.stringify(mapping);
}

/** The mapping with another role wherever it gave this one. What vendors call their roles stays. */
export function withRole(mapping: Mapping, role: string, by: string): Mapping {
  const put = (value: string) => (value === role ? by : value);
  const rows = mapping.rows.map((row): MappingRow => {
    const { source, converters, target } = row;
    if (target.recordType !== 'person' || target.externalId !== 'role') return row;
    return {
      ...row,
      source: source.kind === 'constant' ? { ...source, value: put(source.value) } : source,
      ...(converters && {
        converters: converters.map((one) => {
          if (one.kind !== 'map_values') return one;
          const { entries, otherwise } = one;
          return {
            ...one,
            entries: entries.map((entry) => ({ ...entry, to: put(entry.to) })),
            otherwise: otherwise.kind === 'value' ? { ...otherwise, value: put(otherwise.value) } : otherwise,
          };
        }),
      }),
    };
  });
  return { ...mapping, rows };
}
