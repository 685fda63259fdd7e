import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { Mapping } from '../domain/mapping.ts';
import { findField } from '../domain/missing-parts.ts';
import { parsePath } from '../domain/path.ts';
import type { Vendor } from '../domain/vendor.ts';

/** What loads keep themselves. */
const ownTargets = new Set(['saas_user.first_seen_at', 'saas_user.last_seen_at']);

/** Throws `invalid` for the first row of a mapping that cannot be, with its place. What is missing is no matter here. */
export function checkMapping(mapping: Mapping, vendor: Vendor, fields: readonly Field[]): void {
  const targets = new Set<string>();
  const priorities = new Set<number>();

  for (const [i, { source, target, syncKey }] of mapping.rows.entries()) {
    const refuse = (message: string): never => {
      throw new AppError('invalid', message, { place: `mapping.rows[${i}]` });
    };
    const key = `${target.recordType}.${target.externalId}`;
    const field =
      findField(fields, target) ?? refuse(`There is no field "${target.externalId}". Add it first.`);
    if (ownTargets.has(key)) refuse(`"${field.label}" is set by the load itself. Map to another field.`);
    if (targets.has(key)) refuse(`"${field.label}" is mapped twice. Remove one of the rows.`);
    targets.add(key);

    if (source.kind === 'field' && !vendor.load.fields.some((one) => one.key === source.key)) {
      refuse(`${vendor.title} has no field "${source.key}". Choose another source.`);
    }
    if (source.kind === 'path') {
      try {
        parsePath(source.path);
      } catch (error) {
        refuse(error instanceof AppError ? error.message : String(error));
      }
    }
    if (syncKey === null) continue;
    if (!field.isUnique) refuse(`"${field.label}" is not unique, so it cannot be a sync key.`);
    if (source.kind === 'constant')
      refuse(`"${field.label}" has the same value for everybody, so it cannot be a sync key.`);
    if (priorities.has(syncKey)) refuse(`Two sync keys have the priority ${syncKey}. Give each its own.`);
    priorities.add(syncKey);
  }
}
