import { UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleX, Info } from 'lucide-react';
import type { Notification } from '#contract';
import { useReadNotification } from '../api/use-notifications.ts';
import { linkTo } from '../ui/link-to.ts';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import classes from './NotificationRow.module.css';

const looks = {
  info: { tone: 'neutral', icon: Info, word: 'Note' },
  success: { tone: 'success', icon: CircleCheck, word: 'Done' },
  warning: { tone: 'warning', icon: CircleAlert, word: 'Needs attention' },
  error: { tone: 'danger', icon: CircleX, word: 'Failed' },
} as const;

interface Props {
  notification: Notification;
  onOpen: () => void;
}

/** One notification; opening it reads it. */
export function NotificationRow({ notification, onOpen }: Props) {
  const navigate = useNavigate();
  const read = useReadNotification();
  const { tone, icon: Icon, word } = looks[notification.level];
  const open = (): void => {
    if (!notification.isRead) read.mutate(notification.id);
    if (!notification.link) return;
    onOpen();
    void navigate(linkTo(notification.link));
  };
  return (
    <UnstyledButton
      className={classes.row}
      data-tone={tone}
      data-unread={!notification.isRead || undefined}
      onClick={open}
    >
      <Icon size={16} aria-label={word} className={classes.icon} />
      <span className={classes.words}>
        <span className={classes.title}>
          <strong>{notification.title}</strong>
          <small>
            <TimeAgo at={notification.at} />
          </small>
        </span>
        <span className={classes.message}>{notification.message}</span>
      </span>
      {!notification.isRead && <span className={classes.dot} role="img" aria-label="unread" />}
    </UnstyledButton>
  );
}
