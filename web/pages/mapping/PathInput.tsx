import { Autocomplete, TextInput } from '@mantine/core';
import { Braces } from 'lucide-react';
import { useState } from 'react';
import { type MappingSource, parsePath } from '#contract';
import { toValueText } from '../../ui/words.ts';
import { findPaths, readSource } from './examples.ts';
import type { Example } from './mapping-world.ts';
import classes from './OtherRows.module.css';

type PathSource = Extract<MappingSource, { kind: 'path' }>;

interface Props {
  source: PathSource;
  examples: readonly Example[];
  onChange: (source: PathSource) => void;
}

/** A value of the vendor's record that is in no list: its name, its path, and what the first records hold there. */
export function PathInput({ source, examples, onChange }: Props) {
  const [path, setPath] = useState(source.path);
  const problem = problemOf(path);
  const samples = examples.map((example) => toValueText(readSource({ ...source, path }, example)));
  const found = [...new Set(samples.filter((text) => text !== ''))];
  return (
    <div className={classes.path}>
      <TextInput
        size="xs"
        aria-label="Name of the custom field"
        maxLength={120}
        value={source.label}
        onChange={(event) => onChange({ ...source, label: event.currentTarget.value })}
      />
      <Autocomplete
        size="xs"
        aria-label="Path in the vendor's record"
        leftSection={<Braces size={14} aria-hidden />}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        maxDropdownHeight={260}
        data={findPaths(examples)}
        error={problem}
        value={path}
        onChange={(value) => {
          setPath(value);
          if (problemOf(value) === undefined) onChange({ ...source, path: value });
        }}
      />
      {examples.length > 0 && problem === undefined && (
        <small className={classes.samples}>{found.join(' · ') || 'Empty in the first records'}</small>
      )}
    </div>
  );
}

function problemOf(path: string): string | undefined {
  try {
    parsePath(path);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
