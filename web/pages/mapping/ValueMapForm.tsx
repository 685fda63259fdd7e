import { ActionIcon, Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { ArrowRight, ListPlus, Plus, X } from 'lucide-react';
import type { Converter, Otherwise } from '#contract';
import classes from './ConverterForm.module.css';

type ValueMap = Extract<Converter, { kind: 'map_values' }>;

interface Props {
  converter: ValueMap;
  /** Values that the vendor sent lately. */
  seen: readonly string[];
  /** What it may end in, where that is a closed list such as the roles; empty where it is free. */
  choices: readonly string[];
  onChange: (converter: ValueMap) => void;
}

const otherwiseLabels: Record<Otherwise['kind'], string> = {
  fail: 'Fail the record',
  empty: 'Leave empty',
  keep: 'Keep the value',
  value: 'Use another value',
};

/** Which value becomes which, and what becomes of all others. */
export function ValueMapForm({ converter, seen, choices, onChange }: Props) {
  const { entries, otherwise } = converter;
  const known = new Set(entries.map(({ from }) => from.toLowerCase()));
  const unmapped = seen.filter((value) => !known.has(value.toLowerCase()));
  const change = (n: number, part: Partial<ValueMap['entries'][number]>): void =>
    onChange({ ...converter, entries: entries.map((one, at) => (at === n ? { ...one, ...part } : one)) });
  const add = (values: readonly string[]): void =>
    onChange({ ...converter, entries: [...entries, ...values.map((from) => ({ from, to: '' }))] });

  return (
    <div className={classes.form}>
      {entries.map((entry, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity beside their place
        <div key={n} className={classes.entry}>
          <Autocomplete
            size="xs"
            aria-label={`Value ${n + 1} from the vendor`}
            placeholder="From the vendor"
            data={[...unmapped]}
            value={entry.from}
            onChange={(from) => change(n, { from })}
          />
          <ArrowRight size={13} aria-label="becomes" />
          <Outcome
            label={`Value ${n + 1} becomes`}
            value={entry.to}
            choices={choices}
            onChange={(to) => change(n, { to })}
          />
          <ActionIcon
            size="sm"
            aria-label={`Remove value ${n + 1}`}
            disabled={entries.length === 1}
            onClick={() => onChange({ ...converter, entries: entries.toSpliced(n, 1) })}
          >
            <X size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.tools}>
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<Plus size={13} aria-hidden />}
          onClick={() => add([''])}
        >
          Add value
        </Button>
        {unmapped.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<ListPlus size={13} aria-hidden />}
            onClick={() => add(unmapped)}
          >
            Add {unmapped.length} seen in the first records
          </Button>
        )}
      </div>
      <div className={classes.entry}>
        <Select
          size="xs"
          label="Every other value"
          allowDeselect={false}
          data={Object.entries(otherwiseLabels).map(([value, label]) => ({ value, label }))}
          value={otherwise.kind}
          onChange={(kind) => kind && onChange({ ...converter, otherwise: toOtherwise(kind) })}
        />
        {otherwise.kind === 'value' && (
          <>
            <ArrowRight size={13} aria-label="becomes" />
            <Outcome
              label="Every other value becomes"
              value={otherwise.value}
              choices={choices}
              onChange={(value) => onChange({ ...converter, otherwise: { kind: 'value', value } })}
            />
          </>
        )}
      </div>
    </div>
  );
}

interface OutcomeProps {
  label: string;
  value: string;
  choices: readonly string[];
  onChange: (value: string) => void;
}

function Outcome({ label, value, choices, onChange }: OutcomeProps) {
  if (choices.length === 0) {
    return (
      <TextInput
        size="xs"
        aria-label={label}
        placeholder="Our value"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Select
      size="xs"
      aria-label={label}
      placeholder="Choose"
      allowDeselect={false}
      searchable
      data={choices.includes(value) || value === '' ? [...choices] : [value, ...choices]}
      value={value || null}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}

function toOtherwise(kind: string): Otherwise {
  if (kind === 'value') return { kind, value: '' };
  return kind === 'keep' || kind === 'empty' ? { kind } : { kind: 'fail' };
}
