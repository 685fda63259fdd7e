import { ActionIcon, Autocomplete, Group, Select, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import type { MappingSource } from '#contract';
import { findPaths } from './examples.ts';
import type { MappingWorld } from './mapping-world.ts';

interface Props {
  label: string;
  source: MappingSource;
  world: MappingWorld;
  onChange: (source: MappingSource) => void;
  onRemove: () => void;
}

const text = '+text';
const path = '+path';

/** Another source of a converter: a vendor's field, a path into its record, or a fixed text. */
export function SourceSelect({ label, source, world, onChange, onRemove }: Props) {
  const { vendor, examples } = world;
  const chosen = source.kind === 'field' ? source.key : source.kind === 'path' ? path : text;
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        size="xs"
        flex={1}
        aria-label={label}
        searchable
        allowDeselect={false}
        data={[
          {
            group: `${vendor.title} fields`,
            items: vendor.load.fields.map((field) => ({ value: field.key, label: field.label })),
          },
          {
            group: 'Other',
            items: [
              { value: text, label: 'Fixed text' },
              { value: path, label: 'API path' },
            ],
          },
        ]}
        value={chosen}
        onChange={(value) => value && onChange(toSource(value))}
      />
      {source.kind === 'constant' && (
        <TextInput
          size="xs"
          flex={1}
          aria-label={`${label}: text`}
          value={source.value}
          onChange={(event) => onChange({ kind: 'constant', value: event.currentTarget.value })}
        />
      )}
      {source.kind === 'path' && (
        <Autocomplete
          size="xs"
          flex={1}
          aria-label={`${label}: path`}
          data={findPaths(examples)}
          value={source.path}
          onChange={(value) => onChange({ ...source, path: value })}
        />
      )}
      <ActionIcon size="sm" aria-label={`Remove ${label.toLowerCase()}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function toSource(value: string): MappingSource {
  if (value === text) return { kind: 'constant', value: '' };
  if (value === path) return { kind: 'path', path: 'id', label: '' };
  return { kind: 'field', key: value };
}
