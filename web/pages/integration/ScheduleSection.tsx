import { Button, Group } from '@mantine/core';
import { CalendarClock, Pause, Play } from 'lucide-react';
import { type Integration, toScheduleWords } from '#contract';
import { useIntegration } from '../../api/use-integrations.ts';
import { useCan } from '../../api/use-session.ts';
import { NextTimes } from '../../fields/NextTimes.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import stack from '../../ui/Stack.module.css';
import { ScheduleForm } from './ScheduleForm.tsx';
import { Section } from './Section.tsx';
import type { SectionProps } from './section-props.ts';
import { usePauseSchedule } from './use-pause-schedule.ts';

/** When loads start by themselves. */
export function ScheduleSection(props: SectionProps) {
  const { integration, missing, isEditing, onEdit, onDone } = props;
  return (
    <Section
      name="schedule"
      title="Schedule"
      summary={summaryOf(integration)}
      missing={missing}
      isEditing={isEditing}
      isOpenAtFirst={integration.status === 'draft'}
      onEdit={onEdit}
    >
      {isEditing ? (
        <ScheduleForm integration={integration} onDone={onDone} />
      ) : (
        <ScheduleFacts integration={integration} onEdit={onEdit} />
      )}
    </Section>
  );
}

function summaryOf({ schedule, isPaused }: Integration): string {
  if (schedule === null) return 'Only by hand';
  return isPaused ? 'Paused' : toScheduleWords(schedule);
}

function ScheduleFacts({ integration, onEdit }: { integration: Integration; onEdit: () => void }) {
  const { id, schedule, isPaused, status } = integration;
  const nextLoads = useIntegration(id).data?.nextLoads ?? [];
  const canWrite = useCan('integrations.write');
  if (schedule === null) {
    return (
      <EmptyState
        icon={CalendarClock}
        title="No schedule"
        action={canWrite && <Button onClick={onEdit}>Set a schedule</Button>}
      >
        Loads start by hand, and where a workflow has a User Load block.
      </EmptyState>
    );
  }
  return (
    <div className={stack.stack}>
      <KeyValues
        rows={[
          ['Starts', `${toScheduleWords(schedule)}${isPaused ? ' (paused)' : ''}`],
          ['Time zone', schedule.timeZone],
          [
            status === 'draft' ? 'Next loads, once launched' : 'Next loads',
            nextLoads.length > 0 && <NextTimes key="next" times={nextLoads} timeZone={schedule.timeZone} />,
          ],
        ]}
      />
      {canWrite && status === 'active' && <PauseButton integration={integration} />}
    </div>
  );
}

function PauseButton({ integration }: { integration: Integration }) {
  const { words, toggle, isPending } = usePauseSchedule(integration);
  const Icon = integration.isPaused ? Play : Pause;
  return (
    <Group>
      <Button
        variant={integration.isPaused ? 'filled' : 'default'}
        size="xs"
        leftSection={<Icon size={14} aria-hidden />}
        loading={isPending}
        onClick={toggle}
      >
        {words}
      </Button>
    </Group>
  );
}
