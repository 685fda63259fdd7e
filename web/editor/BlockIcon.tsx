import {
  ArrowRightLeft,
  BadgeCheck,
  Bell,
  CircleStop,
  CloudDownload,
  Hourglass,
  type LucideIcon,
  Merge,
  OctagonX,
  Play,
  Repeat,
  Route,
  Split,
  Stamp,
  Timer,
  UserPen,
  Variable,
  Workflow,
} from 'lucide-react';
import type { BlockType } from '#contract';
import classes from './BlockIcon.module.css';
import { VendorMark } from './VendorMark.tsx';

const iconOfType: Record<string, LucideIcon> = {
  begin: Play,
  'user-load': CloudDownload,
  'saas-user-role': BadgeCheck,
  'inactive-for': Hourglass,
  if: Split,
  switch: Route,
  'for-each': Repeat,
  collect: Merge,
  'run-workflow': Workflow,
  'set-variable': Variable,
  wait: Timer,
  api: ArrowRightLeft,
  'update-record': UserPen,
  notify: Bell,
  approval: Stamp,
  end: CircleStop,
  stop: OctagonX,
};

const iconOfGroup: Record<BlockType['group'], LucideIcon> = {
  triggers: Play,
  users: BadgeCheck,
  api: ArrowRightLeft,
  logic: Split,
  people: UserPen,
  messages: Bell,
};

type Props = { type: string; group: BlockType['group']; vendorTitle?: string | undefined; size?: number };

/** The tile at the left of a block: its vendor's mark, or the icon of its type in the tint of its group. */
export function BlockIcon({ type, group, vendorTitle, size = 32 }: Props) {
  if (vendorTitle) return <VendorMark title={vendorTitle} size={size} />;
  const Icon = iconOfType[type] ?? iconOfGroup[group];
  return (
    <span className={classes.tile} data-group={group} style={{ width: size, height: size }} aria-hidden>
      <Icon size={Math.round(size * 0.53)} strokeWidth={1.9} />
    </span>
  );
}
