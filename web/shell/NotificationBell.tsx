import { ActionIcon, Button, Indicator, Popover, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Bell } from 'lucide-react';
import { useNotifications, useReadAllNotifications } from '../api/use-notifications.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { LoadingRows } from '../ui/LoadingRows.tsx';
import classes from './NotificationBell.module.css';
import { NotificationRow } from './NotificationRow.tsx';

/** What the server has to say, unread first counted. */
export function NotificationBell() {
  const [isOpen, panel] = useDisclosure(false);
  const list = useNotifications();
  const readAll = useReadAllNotifications();
  const unread = list.data?.unread ?? 0;
  const label = unread > 0 ? `Notifications, ${unread} unread` : 'Notifications';
  return (
    <Popover
      opened={isOpen}
      onChange={panel.toggle}
      position="bottom-end"
      shadow="md"
      width={380}
      trapFocus
      transitionProps={{ duration: 120 }}
    >
      <Indicator
        disabled={unread === 0}
        label={unread > 99 ? '99+' : unread}
        size={16}
        offset={8}
        color="red.6"
      >
        <Popover.Target>
          <ActionIcon size="lg" aria-label={label} onClick={panel.toggle}>
            <Bell size={17} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} className={classes.panel} aria-label="Notifications">
        <div className={classes.head}>
          <Text fw={620}>Notifications</Text>
          {unread > 0 && (
            <Button
              variant="subtle"
              size="compact-sm"
              loading={readAll.isPending}
              onClick={() => readAll.mutate()}
            >
              Mark all as read
            </Button>
          )}
        </div>
        <ScrollArea.Autosize mah={440}>
          {list.data?.items.map((one) => (
            <NotificationRow key={one.id} notification={one} onOpen={panel.close} />
          ))}
          {list.data?.items.length === 0 && (
            <p className={classes.none}>Nothing yet. Finished loads and runs report here.</p>
          )}
          {list.isPending && <LoadingRows rows={3} />}
          {list.error && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
