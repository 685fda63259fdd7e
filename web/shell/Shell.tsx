import { Drawer, Loader } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Suspense, use, useEffect, useEffectEvent } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { signedOutEvent } from '../api/client.ts';
import { LiveContext } from '../api/live.ts';
import { useSession } from '../api/use-session.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { BrokenPage } from './BrokenPage.tsx';
import { HeldBand, useHoldings } from './HeldBand.tsx';
import { NavList } from './NavList.tsx';
import { SearchPalette } from './SearchPalette.tsx';
import classes from './Shell.module.css';
import { SideNav } from './SideNav.tsx';
import { TopBar } from './TopBar.tsx';

/** Navigation and top bar around every page, for those who are signed in. */
export function Shell() {
  const session = useSession();
  const { pathname, searchStr } = useLocation();
  useSignedOut(session.refetch);
  const operator = session.data?.operator ?? null;
  useLiveWhile(operator !== null, session.data?.newestChange);

  if (session.error && !session.data) {
    return (
      <main className={classes.alone}>
        <ErrorState error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data) {
    return (
      <div className={classes.waiting}>
        <Loader size="sm" aria-label="Opening Rollcall" />
      </div>
    );
  }
  if (!session.data.isSetUp) return <Leave to="/setup" />;
  if (!operator) {
    const from = `${pathname}${searchStr}`;
    return <Leave to="/sign-in" search={from === '/' ? {} : { to: from }} />;
  }
  return <Frame pathname={pathname} />;
}

/** Goes elsewhere once: the address changes while this is still shown, and must not be followed again. */
function Leave({ to, search = {} }: { to: string; search?: Record<string, string> }) {
  const navigate = useNavigate();
  const leave = useEffectEvent(() => void navigate({ to, search, replace: true }));
  useEffect(() => leave(), []);
  return null;
}

function Frame({ pathname }: { pathname: string }) {
  const [isNarrow, setIsNarrow] = useLocalStorage({ key: 'rollcall-narrow-nav', defaultValue: false });
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const holdings = useHoldings();
  const isCanvas = /^\/(workflows|runs)\/[^/]+$/.test(pathname);
  return (
    <div
      className={classes.shell}
      data-narrow={isNarrow || undefined}
      data-held={holdings.length > 0 || undefined}
    >
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <SideNav isNarrow={isNarrow} onToggle={() => setIsNarrow(!isNarrow)} />
      <Drawer opened={isDrawerOpen} onClose={drawer.close} position="left" size={260} title="Rollcall">
        <NavList isNarrow={false} onOpen={drawer.close} />
      </Drawer>
      <div className={classes.side}>
        <HeldBand holdings={holdings} />
        <TopBar onMenu={drawer.open} />
        <main id="content" className={isCanvas ? classes.whole : classes.content} tabIndex={-1}>
          <ErrorBoundary FallbackComponent={BrokenPage} resetKeys={[pathname]}>
            <Suspense fallback={<Loader size="sm" m="xl" aria-label="Opening the page" />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <SearchPalette />
    </div>
  );
}

/** Asks who is signed in as soon as the server says that nobody is. */
function useSignedOut(refetch: () => unknown): void {
  useEffect(() => {
    const ask = (): void => void refetch();
    window.addEventListener(signedOutEvent, ask);
    return () => window.removeEventListener(signedOutEvent, ask);
  }, [refetch]);
}

/** `newest` is the number of the last change before anything else was asked for. */
function useLiveWhile(isSignedIn: boolean, newest: number | undefined): void {
  const socket = use(LiveContext);
  const open = useEffectEvent(() => socket?.open(newest));
  useEffect(() => {
    if (!socket || !isSignedIn) return;
    open();
    return () => socket.close();
  }, [socket, isSignedIn]);
}
