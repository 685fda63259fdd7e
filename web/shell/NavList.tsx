import { Tooltip } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import classes from './NavList.module.css';
import { placeGroups, placeOf } from './places.ts';

interface Props {
  isNarrow: boolean;
  onOpen?: () => void;
}

/** The places of the product, the present one marked. */
export function NavList({ isNarrow, onOpen }: Props) {
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
                aria-label={isNarrow ? label : undefined}
                aria-current={here?.path === path ? 'page' : undefined}
                onClick={onOpen}
              >
                <Icon size={17} strokeWidth={1.9} aria-hidden />
                {!isNarrow && label}
              </Link>
            </Tooltip>
          ))}
        </div>
      ))}
    </nav>
  );
}
