import { Badge } from '@mantine/core';
import { Eye, PencilLine, ShieldAlert } from 'lucide-react';
import type { CallClass } from '#contract';

const looks: Record<CallClass, { words: string; color: string; icon: typeof Eye }> = {
  read: { words: 'reads', color: 'gray', icon: Eye },
  idempotent: { words: 'writes', color: 'gray', icon: PencilLine },
  'non-idempotent': { words: 'writes', color: 'gray', icon: PencilLine },
  destructive: { words: 'deletes', color: 'red', icon: ShieldAlert },
};

/** What a call does to the app: an icon and a word, red only where it deletes. */
export function ClassBadge({ callClass }: { callClass: CallClass }) {
  const { words, color, icon: Icon } = looks[callClass];
  return (
    <Badge
      size="sm"
      radius="sm"
      variant="light"
      color={color}
      tt="none"
      fw={550}
      style={{ flex: 'none' }}
      leftSection={<Icon size={12} aria-hidden />}
    >
      {words}
    </Badge>
  );
}
