import { ActionIcon, Kbd, Tooltip } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { FlaskConical, Menu as MenuIcon, Search } from 'lucide-react';
import { useSession } from '../api/use-session.ts';
import { Breadcrumb } from './Breadcrumb.tsx';
import { NotificationBell } from './NotificationBell.tsx';
import { OperatorMenu } from './OperatorMenu.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import { StopButton } from './StopButton.tsx';
import classes from './TopBar.module.css';

/** Where one is, the search, what is new, and who is signed in. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  const hasSandbox = useSession().data?.hasSandbox ?? false;
  const isMac = useOs() === 'macos';
  return (
    <header className={classes.bar}>
      <ActionIcon className={classes.menu} aria-label="Open the navigation" onClick={onMenu}>
        <MenuIcon size={18} aria-hidden />
      </ActionIcon>
      <Breadcrumb />
      <div className={classes.right}>
        {hasSandbox && (
          <Tooltip label="Imitated vendors are available on this server">
            <span className={classes.sandbox}>
              <FlaskConical size={13} aria-hidden />
              <span>Sandbox</span>
            </span>
          </Tooltip>
        )}
        <button type="button" className={classes.search} onClick={() => spotlight.open()} aria-label="Search">
          <Search size={15} aria-hidden />
          <span>Search</span>
          <Kbd size="xs">{isMac ? '⌘K' : 'Ctrl K'}</Kbd>
        </button>
        <StopButton />
        <NotificationBell />
        <SchemeSwitch />
        <OperatorMenu />
      </div>
    </header>
  );
}
