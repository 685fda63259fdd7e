import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Download, Pause, PencilLine, Play } from 'lucide-react';
import type { Integration, MissingPart } from '#contract';
import { useDeleteIntegration, usePauseIntegration } from '../../api/use-integrations.ts';
import { useStartLoad } from '../../api/use-loads.ts';
import { useCan } from '../../api/use-session.ts';
import { MoreActions } from '../../ui/MoreActions.tsx';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { usePauseSchedule } from './use-pause-schedule.ts';

interface Props {
  integration: Integration;
  missing: readonly MissingPart[];
}

/** Loads users now, pauses the schedule, takes an integration back to draft, or deletes it. */
export function IntegrationActions({ integration, missing }: Props) {
  const { id, status, lastLoad } = integration;
  const navigate = useNavigate();
  const start = useStartLoad(id);
  const pause = usePauseIntegration(id);
  const schedule = usePauseSchedule(integration);
  const PauseIcon = integration.isPaused ? Play : Pause;
  const removal = useDeleteIntegration(id);
  const canWrite = useCan('integrations.write');
  const canLoad = useCan('loads.start');
  const isLoading = lastLoad?.status === 'running' || lastLoad?.status === 'queued';
  return (
    <>
      {status === 'active' && canLoad && (
        <Button
          leftSection={<Download size={15} aria-hidden />}
          disabled={isLoading || missing.length > 0}
          loading={start.isPending}
          onClick={() =>
            start.mutate(undefined, { onError: (error) => sayFailed('The load did not start', error) })
          }
        >
          {isLoading ? 'Loading users' : 'Load users now'}
        </Button>
      )}
      {canWrite && (
        <MoreActions
          noun="integration"
          name={integration.name}
          warning="Its settings and mapping are removed. People and SaaS users that it loaded stay, and nothing changes in the app."
          removal={removal}
          onRemoved={() => void navigate({ to: '/integrations' })}
        >
          {status === 'active' && integration.schedule && (
            <Menu.Item leftSection={<PauseIcon size={15} aria-hidden />} onClick={schedule.toggle}>
              {schedule.words}
            </Menu.Item>
          )}
          {status === 'active' && (
            <Menu.Item
              leftSection={<PencilLine size={15} aria-hidden />}
              onClick={() =>
                pause.mutate(undefined, {
                  onSuccess: () => sayDone(`${integration.name} is a draft again and loads nothing.`),
                  onError: (error) => sayFailed('The integration stays active', error),
                })
              }
            >
              Take back to draft
            </Menu.Item>
          )}
        </MoreActions>
      )}
    </>
  );
}
