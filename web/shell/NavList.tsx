import { Tooltip } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useWaitingApprovals } from '../api/use-approvals.ts';
import { useOverview } from '../api/use-overview.ts';
import classes from './NavList.module.css';
import { placeGroups, placeOf } from './places.ts';

interface Props {
  isNarrow: boolean;
  onOpen?: () => void;
}

/** The places of the product, the present one marked. */
export function NavList({ isNarrow, onOpen }: Props) {
  const waiting: Record<string, number> = {
    '/approvals': useWaitingApprovals(),
    '/unclear-calls': useOverview().data?.needsAttention ?? 0,
  };
  const here = placeOf(useLocation().pathname);
  return (
    <nav className={classes.nav} aria-label="Main">
      {placeGroups.map((group) => (
        <div key={group.title ?? ''} className={classes.group}>
          {group.title && (isNarrow ? <hr /> : <span className={classes.title}>{group.title}</span>)}
          {group.places.map(({ path, label, icon: Icon }) => (
            <Tooltip key={path} label={label} position="right" disabled={!isNarrow}>
              <Link
                to={path}
                className={classes.place}
                aria-label={nameOf(label, isNarrow, waiting[path] ?? 0)}
                aria-current={here?.path === path ? 'page' : undefined}
                onClick={onOpen}
              >
                <Icon size={17} strokeWidth={1.9} aria-hidden />
                {!isNarrow && label}
                {(waiting[path] ?? 0) > 0 && <span className={classes.waiting}>{waiting[path]}</span>}
              </Link>
            </Tooltip>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** The count is said, too; a link that shows its words needs no other name. */
function nameOf(label: string, isNarrow: boolean, waiting: number): string | undefined {
  if (waiting > 0) return `${label}, ${waiting} waiting`;
  return isNarrow ? label : undefined;
}
