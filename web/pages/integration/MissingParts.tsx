import { Button, UnstyledButton } from '@mantine/core';
import { Rocket } from 'lucide-react';
import type { Integration, MissingPart } from '#contract';
import { useLaunchIntegration } from '../../api/use-integrations.ts';
import { useCan } from '../../api/use-session.ts';
import { Notice } from '../../ui/Notice.tsx';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import classes from './MissingParts.module.css';

interface Props {
  integration: Integration;
  missing: readonly MissingPart[];
  onOpen: (section: MissingPart['section']) => void;
}

/** What a draft still lacks, each leading to its section; or the way to launch it. */
export function MissingParts({ integration, missing, onOpen }: Props) {
  const launch = useLaunchIntegration(integration.id);
  const canWrite = useCan('integrations.write');
  if (missing.length === 0) {
    return (
      <Notice
        tone="success"
        title="Everything is here"
        action={
          canWrite && (
            <Button
              leftSection={<Rocket size={15} aria-hidden />}
              loading={launch.isPending}
              onClick={() =>
                launch.mutate(undefined, {
                  onSuccess: () => sayDone(`${integration.name} is active.`),
                  onError: (error) => sayFailed('The integration was not launched', error),
                })
              }
            >
              Launch integration
            </Button>
          )
        }
      >
        Launching makes the integration active. Users are loaded when you say so.
      </Notice>
    );
  }
  return (
    <Notice tone="neutral" title="Before you can launch">
      <ul className={classes.parts}>
        {missing.map((part) => (
          <li key={part.message}>
            <UnstyledButton
              className={classes.part}
              disabled={!canWrite}
              onClick={() => onOpen(part.section)}
            >
              {part.message}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
