import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ResponseRow } from '#contract';
import { TargetSelect } from '../../fields/TargetSelect.tsx';
import type { JsonPath } from '../../ui/JsonTree.tsx';
import { nameOfPath, responseTemplate } from './response-path.ts';
import classes from './test.module.css';

type Props = {
  path: JsonPath;
  onKeep: (row: ResponseRow) => void;
  onCancel: () => void;
};

/** Asks where a value that was clicked is to be kept. */
export function KeepValue({ path, onKeep, onCancel }: Props) {
  const [target, setTarget] = useState<ResponseRow['target'] | null>(null);
  const value = responseTemplate(path);
  const section = useRef<HTMLElement>(null);

  // The value may have been far down in the tree: what is asked now comes into sight, and the next Tab leads into it.
  useEffect(() => section.current?.focus(), []);

  return (
    <section ref={section} tabIndex={-1} className={classes.keep} aria-label="Keep this value">
      <Text size="sm" className={classes.mono}>
        {value}
      </Text>
      <TargetSelect
        ariaLabel="Keep it in"
        hasVariables
        suggestion={nameOfPath(path)}
        value={target}
        onChange={setTarget}
      />
      <Group gap="xs" justify="flex-end">
        <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="xs" disabled={target === null} onClick={() => target && onKeep({ value, target })}>
          Keep this value
        </Button>
      </Group>
    </section>
  );
}
