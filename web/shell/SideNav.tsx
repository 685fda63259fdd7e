import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Logo } from './Logo.tsx';
import { NavList } from './NavList.tsx';
import classes from './SideNav.module.css';

interface Props {
  isNarrow: boolean;
  onToggle: () => void;
}

/** The navigation at the left; folds to its icons. */
export function SideNav({ isNarrow, onToggle }: Props) {
  const label = isNarrow ? 'Widen the navigation' : 'Fold the navigation';
  const Icon = isNarrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside className={classes.nav} data-narrow={isNarrow || undefined}>
      <Link to="/" className={classes.brand} aria-label="Rollcall, home">
        <Logo />
        {!isNarrow && <span>Rollcall</span>}
      </Link>
      <NavList isNarrow={isNarrow} />
      <div className={classes.foot}>
        <Tooltip label={label} position="right">
          <ActionIcon aria-label={label} aria-expanded={!isNarrow} onClick={onToggle}>
            <Icon size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </aside>
  );
}
