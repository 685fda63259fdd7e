import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useEffectEvent, useRef } from 'react';

/** What kind of window it is: it changes when a phone is turned or a window becomes as narrow as one. */
export function useWindowKind(): string {
  const isNarrow = useMediaQuery('(max-width: 860px)', undefined, { getInitialValueInEffect: false });
  const isUpright = useMediaQuery('(orientation: portrait)', undefined, { getInitialValueInEffect: false });
  return `${isNarrow ? 'narrow' : 'wide'} ${isUpright ? 'upright' : 'lying'}`;
}

/**
 * Fits the canvas again when the window has become another kind, unless a hand has moved it since it was fitted last.
 * Give `moved` to whatever a hand moves it by, and `fitted` to what fits it.
 */
export function useRefit(windowKind: string, fit: () => void): { moved: () => void; fitted: () => void } {
  const isMoved = useRef(false);
  const fittedFor = useRef(windowKind);
  const refit = useEffectEvent(fit);

  useEffect(() => {
    if (fittedFor.current === windowKind) return;
    fittedFor.current = windowKind;
    if (isMoved.current) return;
    // The page takes its new shape, and the canvas its new places, in the next turn.
    const timer = setTimeout(() => refit(), 60);
    return () => clearTimeout(timer);
  }, [windowKind]);

  return {
    moved: () => {
      isMoved.current = true;
    },
    fitted: () => {
      isMoved.current = false;
    },
  };
}
