import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DialogFoot } from './DialogFoot.tsx';

interface Props {
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  /** A verb with its object, such as *Delete credential*. */
  action: string;
  isDestructive?: boolean;
  /** Must be typed before the action is offered. */
  typed?: string;
  isPending?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: Props) {
  const { title, children, action, isDestructive = false, typed, isPending = false, error } = props;
  const [text, setText] = useState('');
  const isReady = typed === undefined || text.trim() === typed;
  return (
    <Modal opened onClose={props.onClose} title={title} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) props.onConfirm();
        }}
      >
        <Stack gap="md">
          <Text component="div">{children}</Text>
          {typed !== undefined && (
            <TextInput
              label={`Type “${typed}” to go on`}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              data-autofocus
            />
          )}
          <DialogFoot error={error} onClose={props.onClose}>
            <Button
              type="submit"
              {...(isDestructive && { color: 'red' })}
              loading={isPending}
              disabled={!isReady}
            >
              {action}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
