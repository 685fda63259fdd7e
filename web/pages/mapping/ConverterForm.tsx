import { Autocomplete, Button, NumberInput, TextInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { Converter, MappingSource } from '#contract';
import classes from './ConverterForm.module.css';
import type { MappingWorld } from './mapping-world.ts';
import { SourceSelect } from './SourceSelect.tsx';
import { ValueMapForm } from './ValueMapForm.tsx';

interface Props {
  converter: Converter;
  world: MappingWorld;
  /** What comes into this converter from the vendor's first records. */
  incoming: readonly unknown[];
  /** Values that its field may have, where they are a closed list; empty where they are free. */
  choices: readonly string[];
  onChange: (converter: Converter) => void;
}

const dateFormats = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'MM/DD/YYYY',
  'YYYY-MM-DD HH:mm:ss',
  'seconds',
  'milliseconds',
  'ldap',
];

/** What one converter must be told. */
export function ConverterForm({ converter, world, incoming, choices, onChange }: Props) {
  switch (converter.kind) {
    case 'first_of':
      return (
        <div className={classes.form}>
          <p className={classes.hint}>Where the value is empty, the first of these that is not.</p>
          <Sources converter={converter} world={world} onChange={onChange} />
        </div>
      );
    case 'concat':
      return (
        <div className={classes.form}>
          <Sources converter={converter} world={world} onChange={onChange} />
          <TextInput
            size="xs"
            label="Between them"
            placeholder="Nothing"
            value={converter.separator}
            onChange={(event) => onChange({ ...converter, separator: event.currentTarget.value })}
          />
        </div>
      );
    case 'split':
      return (
        <div className={classes.pair}>
          <TextInput
            size="xs"
            label="Split at"
            value={converter.on}
            onChange={(event) => onChange({ ...converter, on: event.currentTarget.value })}
          />
          <Part value={converter.part} onChange={(part) => onChange({ ...converter, part })} />
        </div>
      );
    case 'pick':
      return <Part value={converter.part} onChange={(part) => onChange({ ...converter, part })} />;
    case 'join':
      return (
        <TextInput
          size="xs"
          label="Between them"
          value={converter.separator}
          onChange={(event) => onChange({ ...converter, separator: event.currentTarget.value })}
        />
      );
    case 'map_values':
      return (
        <ValueMapForm converter={converter} seen={seenIn(incoming)} choices={choices} onChange={onChange} />
      );
    case 'date':
      return (
        <Autocomplete
          size="xs"
          label="Written as"
          description="YYYY, MM, DD, HH, mm and ss in any order, in UTC; or seconds, milliseconds or ldap."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={dateFormats}
          filter={({ options }) => options}
          value={converter.format}
          onChange={(format) => onChange({ ...converter, format })}
        />
      );
    default:
      return null;
  }
}

interface SourcesProps {
  converter: Extract<Converter, { sources: unknown }>;
  world: MappingWorld;
  onChange: (converter: Converter) => void;
}

function Sources({ converter, world, onChange }: SourcesProps) {
  const { sources } = converter;
  const first = world.vendor.load.fields[0];
  const change = (next: MappingSource[]): void => onChange({ ...converter, sources: next });
  return (
    <>
      {sources.map((source, n) => (
        <SourceSelect
          // biome-ignore lint/suspicious/noArrayIndexKey: sources have no identity beside their place
          key={n}
          label={`Source ${n + 2}`}
          source={source}
          world={world}
          onChange={(next) => change(sources.with(n, next))}
          onRemove={() => change(sources.toSpliced(n, 1))}
        />
      ))}
      <div className={classes.tools}>
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<Plus size={13} aria-hidden />}
          onClick={() => first && change([...sources, { kind: 'field', key: first.key }])}
        >
          Add source
        </Button>
      </div>
    </>
  );
}

function Part({ value, onChange }: { value: number; onChange: (part: number) => void }) {
  return (
    <NumberInput
      size="xs"
      label="Which one"
      description="1 is the first, -1 the last."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      allowDecimal={false}
      min={-100}
      max={100}
      value={value}
      onChange={(part) => Number(part) !== 0 && onChange(Number(part))}
    />
  );
}

/** Every single value that comes in, entries of lists too, each once. */
function seenIn(incoming: readonly unknown[]): string[] {
  const texts = incoming.flat().map((value) => (typeof value === 'object' ? '' : String(value ?? '')));
  return [...new Set(texts)].filter((text) => text !== '');
}
