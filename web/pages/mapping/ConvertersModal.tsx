import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core';
import { ArrowDown, ArrowRight, ArrowUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import {
  type Converter,
  type ConverterKind,
  converterLabels,
  type MappingRow,
  recordStates,
} from '#contract';
import { useRoles } from '../../api/use-roles.ts';
import { useLeaveGuard } from '../../ui/use-leave-guard.tsx';
import { toValueText } from '../../ui/words.ts';
import { ConverterForm } from './ConverterForm.tsx';
import classes from './ConvertersModal.module.css';
import { sampleRow } from './examples.ts';
import { keyOf } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import { sourceWords } from './source-words.ts';

interface Props {
  row: MappingRow;
  targetLabel: string;
  world: MappingWorld;
  onSave: (converters: Converter[]) => void;
  onClose: () => void;
}

/** How a value changes on its way, converter by converter, tried on the vendor's first records while it is edited. */
export function ConvertersModal({ row, targetLabel, world, onSave, onClose }: Props) {
  const roles = useRoles().data ?? [];
  const closed: Record<string, readonly string[]> = { 'person.role': roles, 'person.status': recordStates };
  const choices = closed[keyOf(row.target)] ?? [];
  const [converters, setConverters] = useState<Converter[]>(row.converters ?? []);
  const guard = useLeaveGuard({
    isDirty: JSON.stringify(converters) !== JSON.stringify(row.converters ?? []),
    what: `the converters of ${targetLabel}`,
  });
  const change = (n: number, converter: Converter): void => setConverters(converters.with(n, converter));
  const add = (kind: ConverterKind): void => setConverters([...converters, newConverter(kind, world)]);
  const move = (n: number, step: -1 | 1): void => {
    const [one, other] = [converters[n], converters[n + step]];
    if (one && other) setConverters(converters.with(n, other).with(n + step, one));
  };
  const incoming = (n: number): unknown[] =>
    sampleRow(row.source, converters.slice(0, n), world.examples).flatMap(({ result }) =>
      result.ok ? [result.value] : [],
    );

  return (
    <Modal
      opened
      onClose={() => guard.leave(onClose)}
      size="lg"
      title={`${sourceWords(row.source, world.vendor)} on its way to ${targetLabel}`}
    >
      <ol className={classes.steps}>
        {converters.map((converter, n) => {
          const label = converterLabels[converter.kind];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: converters have no identity beside their place
            <li key={n} className={classes.step}>
              <div className={classes.head}>
                <strong>{label}</strong>
                <ActionIcon
                  size="sm"
                  aria-label={`${label}: earlier`}
                  disabled={n === 0}
                  onClick={() => move(n, -1)}
                >
                  <ArrowUp size={14} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={`${label}: later`}
                  disabled={n === converters.length - 1}
                  onClick={() => move(n, 1)}
                >
                  <ArrowDown size={14} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={`Remove ${label.toLowerCase()}`}
                  onClick={() => setConverters(converters.toSpliced(n, 1))}
                >
                  <X size={14} aria-hidden />
                </ActionIcon>
              </div>
              <ConverterForm
                converter={converter}
                world={world}
                incoming={[...incoming(n), ...samplesOf(row, n, world)]}
                choices={n === converters.length - 1 ? choices : []}
                onChange={(next) => change(n, next)}
              />
            </li>
          );
        })}
      </ol>
      {converters.length === 0 && (
        <p className={classes.none}>
          The value is taken as the vendor sends it. Add a converter to change it.
        </p>
      )}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="light" size="xs" leftSection={<Plus size={14} aria-hidden />}>
            Add converter
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(converterLabels) as ConverterKind[]).map((kind) => (
            <Menu.Item key={kind} onClick={() => add(kind)}>
              {converterLabels[kind]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Samples row={row} converters={converters} world={world} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={() => onSave(withoutBlankEntries(converters))}>Use converters</Button>
      </Group>
      {guard.dialog}
    </Modal>
  );
}

function Samples({
  row,
  converters,
  world,
}: {
  row: MappingRow;
  converters: Converter[];
  world: MappingWorld;
}) {
  const samples = sampleRow(row.source, converters, world.examples);
  if (samples.length === 0) {
    return <p className={classes.none}>Preview the first records to see what becomes of them here.</p>;
  }
  return (
    <table className={classes.samples}>
      <caption>The first records</caption>
      <thead>
        <tr>
          <th scope="col">{world.vendor.title} sent</th>
          <th aria-hidden />
          <th scope="col">Becomes</th>
        </tr>
      </thead>
      <tbody>
        {samples.map(({ read, result }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: values may be equal
          <tr key={n}>
            <td>{toValueText(read) || '—'}</td>
            <td aria-hidden>
              <ArrowRight size={13} />
            </td>
            <td data-failed={!result.ok || undefined}>
              {result.ok ? toValueText(result.value) || '—' : `Fails: ${result.reason}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The different values of the row's field, which are more than the first records have; before any converter only. */
function samplesOf({ source }: MappingRow, n: number, { samples }: MappingWorld): readonly unknown[] {
  return n === 0 && source.kind === 'field' ? (samples?.[source.key] ?? []) : [];
}

/** Lines of a value map that were added and never filled in would catch empty values; a map without any does nothing. */
function withoutBlankEntries(converters: readonly Converter[]): Converter[] {
  return converters.flatMap((converter): Converter[] => {
    if (converter.kind !== 'map_values') return [converter];
    const entries = converter.entries.filter(({ from, to }) => from.trim() !== '' || to !== '');
    return entries.length === 0 ? [] : [{ ...converter, entries }];
  });
}

function newConverter(kind: ConverterKind, { vendor }: MappingWorld): Converter {
  const [field] = vendor.load.fields;
  switch (kind) {
    case 'first_of':
      return { kind, sources: [{ kind: 'field', key: field?.key ?? 'id' }] };
    case 'concat':
      return { kind, sources: [{ kind: 'field', key: field?.key ?? 'id' }], separator: ' ' };
    case 'split':
      return { kind, on: '@', part: 1 };
    case 'pick':
      return { kind, part: 1 };
    case 'join':
      return { kind, separator: ', ' };
    case 'map_values':
      return { kind, entries: [{ from: '', to: '' }], otherwise: { kind: 'fail' } };
    case 'date':
      return { kind, format: 'YYYY-MM-DD' };
    default:
      return { kind };
  }
}
