import { Badge } from '@mantine/core';
import { Eye, PencilLine, ShieldAlert } from 'lucide-react';
import { type CallEffect, isHarmful } from '#contract';
import { effectWords } from '../../editor/effect-words.ts';

/** What a call does to an account: an icon and a word, red only where it takes something away. */
export function EffectBadge({ does }: { does: CallEffect['does'] }) {
  const isHarm = isHarmful(does);
  const ChangeIcon = isHarm ? ShieldAlert : PencilLine;
  const Icon = does === 'read' ? Eye : ChangeIcon;
  return (
    <Badge
      size="sm"
      radius="sm"
      variant="light"
      color={isHarm ? 'red' : 'gray'}
      tt="none"
      fw={550}
      style={{ flex: 'none' }}
      leftSection={<Icon size={12} aria-hidden />}
    >
      {effectWords[does]}
    </Badge>
  );
}
