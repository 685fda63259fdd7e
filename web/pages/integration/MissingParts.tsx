import { Button, UnstyledButton } from '@mantine/core';
import { CircleAlert, CircleCheck, Rocket } from 'lucide-react';
import { type Integration, type MissingPart, toScheduleWords } from '#contract';
import { useLaunchIntegration } from '../../api/use-integrations.ts';
import { useCan } from '../../api/use-session.ts';
import { Panel } from '../../ui/Panel.tsx';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import classes from './MissingParts.module.css';
import type { SectionName } from './section-props.ts';

interface Props {
  integration: Integration;
  missing: readonly MissingPart[];
  onOpen: (section: SectionName) => void;
}

/** What each section says when nothing is missing in it. */
const sectionsOf = ({ schedule }: Integration): { name: SectionName; title: string; done: string }[] => [
  { name: 'details', title: 'Details', done: 'Name, mode and preference are set.' },
  { name: 'credential', title: 'Credential', done: 'The credential is authenticated.' },
  {
    name: 'schedule',
    title: 'Schedule',
    done: schedule ? `${toScheduleWords(schedule)} (${schedule.timeZone}).` : 'Loads start by hand only.',
  },
  { name: 'mapping', title: 'Mapping', done: 'Everything required is mapped.' },
];

/** What a draft still lacks, each leading to its section, and the way to launch it once nothing does. */
export function MissingParts({ integration, missing, onOpen }: Props) {
  const launch = useLaunchIntegration(integration.id);
  const canWrite = useCan('integrations.write');
  const start = (): void =>
    launch.mutate(undefined, {
      onSuccess: () => {
        const next = integration.schedule && !integration.isPaused ? ', or wait for its schedule' : '';
        sayDone(`${integration.name} is active. Load users now${next}.`);
      },
      onError: (error) => sayFailed('The integration was not launched', error),
    });
  return (
    <Panel
      title={missing.length === 0 ? 'Ready to launch' : 'Before you can launch'}
      action={
        canWrite && (
          <Button
            size="xs"
            leftSection={<Rocket size={14} aria-hidden />}
            disabled={missing.length > 0}
            loading={launch.isPending}
            onClick={start}
          >
            Launch integration
          </Button>
        )
      }
      flush
    >
      <ul className={classes.parts}>
        {sectionsOf(integration).map(({ name, title, done }) => {
          const own = missing.filter((part) => part.section === name);
          const isDone = own.length === 0;
          return (
            <li key={name} className={classes.part} data-tone={isDone ? 'success' : 'warning'}>
              {isDone ? (
                <CircleCheck size={17} aria-label="done" />
              ) : (
                <CircleAlert size={17} aria-label="missing" />
              )}
              <div>
                <strong>{title}</strong>
                {isDone && <p>{done}</p>}
                {own.map(({ message }) => (
                  <UnstyledButton
                    key={message}
                    className={classes.message}
                    disabled={!canWrite}
                    onClick={() => onOpen(name)}
                  >
                    {message}
                  </UnstyledButton>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
