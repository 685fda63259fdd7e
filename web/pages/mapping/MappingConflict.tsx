import { Button, Group } from '@mantine/core';
import { sentenceOf } from '../../api/problem.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  error: unknown;
  /** The newest version, as somebody else saved it. */
  newest: number;
  onTake: () => void;
  onOverwrite: () => void;
}

/** Two people edited one mapping: nothing is saved until one of them decides. */
export function MappingConflict({ error, newest, onTake, onOverwrite }: Props) {
  return (
    <Notice
      tone="warning"
      title="Your changes are still here, and are not saved"
      action={
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onTake}>
            Start from version {newest}
          </Button>
          <Button size="xs" variant="default" onClick={onOverwrite}>
            Save mine as version {newest + 1}
          </Button>
        </Group>
      }
    >
      {sentenceOf(error)}
    </Notice>
  );
}
