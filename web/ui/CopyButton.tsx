import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';

interface Props {
  text: string;
  /** What is copied, as in *Copy the redirect URL*. */
  what: string;
}

/** Copies a text and says that it did. */
export function CopyButton({ text, what }: Props) {
  const clipboard = useClipboard({ timeout: 1600 });
  const label = clipboard.copied ? 'Copied' : `Copy ${what}`;
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
