import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { ConditionGroup, MappingFilter } from '#contract';
import { ConditionsField } from '../../fields/ConditionsField.tsx';
import { FormContext, type Variable } from '../../fields/form-world.ts';
import classes from './FilterRules.module.css';
import { keyOf } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';

interface Props {
  world: MappingWorld;
  filter: MappingFilter | undefined;
  onChange: (filter: MappingFilter | undefined) => void;
}

const parts = [
  { kind: 'create', title: 'Create records' },
  { kind: 'update', title: 'Update records' },
] as const;

/** Which records are written at all: always, or only if rules over the vendor's fields or ours hold. */
export function FilterRules({ world, filter, onChange }: Props) {
  const form = useMemo(() => ({ variables: toVariables(world), issues: [] }), [world]);
  const both = filter ?? { create: null, update: null };
  const change = (kind: 'create' | 'update', group: ConditionGroup | null): void => {
    const next = { ...both, [kind]: group };
    onChange(next.create || next.update ? next : undefined);
  };
  return (
    <FormContext value={form}>
      <div className={classes.parts}>
        {parts.map(({ kind, title }) => (
          <section key={kind} className={classes.part} aria-label={title}>
            <div className={classes.head}>
              <h3>{title}</h3>
              <SegmentedControl
                size="xs"
                aria-label={`${title}: when`}
                data={[
                  { value: 'always', label: 'Always' },
                  { value: 'if', label: 'Only if…' },
                ]}
                value={both[kind] ? 'if' : 'always'}
                onChange={(value) => change(kind, value === 'if' ? { match: 'all', rules: [] } : null)}
              />
            </div>
            {both[kind] && (
              <ConditionsField
                label=""
                value={both[kind]}
                emptyText="Without a rule every record is written."
                onChange={(group) => change(kind, group)}
              />
            )}
          </section>
        ))}
      </div>
    </FormContext>
  );
}

/** The vendor's fields by key, and ours that are filled by `person.role` or `saas_user.type`. */
function toVariables({ vendor, fields, taken }: MappingWorld): Variable[] {
  const theirs = vendor.load.fields.map(({ key, label, type }) => ({
    name: key,
    label,
    type,
    source: `${vendor.title} fields`,
  }));
  const ours = fields
    .filter((field) => taken.has(keyOf(field)))
    .map((field) => ({
      name: keyOf(field),
      label: field.label,
      type: field.type,
      source:
        field.recordType === 'person' ? 'Mapped values of the person' : 'Mapped values of the SaaS user',
    }));
  return [...theirs, ...ours];
}
