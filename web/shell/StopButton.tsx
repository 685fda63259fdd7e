import { Tooltip } from '@mantine/core';
import { useHotkeys, useOs } from '@mantine/hooks';
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../api/use-session.ts';
import classes from './StopButton.module.css';
import { StopDialog } from './StopDialog.tsx';

/** Stops destructive calls, from every page. */
export function StopButton() {
  const [isOpen, setIsOpen] = useState(false);
  const mayStop = useCan('guard.stop');
  const isMac = useOs() === 'macos';
  // From within inputs, too: whoever needs it must not look for the right place first.
  useHotkeys([['mod+.', () => mayStop && setIsOpen(true)]], []);
  if (!mayStop) return null;
  return (
    <>
      <Tooltip label={`Stop destructive calls (${isMac ? '⌘ .' : 'Ctrl .'})`}>
        <button type="button" className={classes.stop} aria-label="Stop" onClick={() => setIsOpen(true)}>
          <OctagonX size={15} aria-hidden />
          <span>Stop</span>
        </button>
      </Tooltip>
      {isOpen && <StopDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
