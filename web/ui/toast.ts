import { notifications } from '@mantine/notifications';
import { sentenceOf } from '../api/problem.ts';

/** Says for a moment that something is done. */
export function sayDone(message: string): void {
  notifications.show({
    message,
    color: 'green',
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}

/** Says what failed, until it is closed. */
export function sayFailed(title: string, error: unknown): void {
  notifications.show({
    title,
    message: sentenceOf(error),
    color: 'red',
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
