import { useEffect, useRef } from 'react';

export type Shortcut = {
  /** Such as `mod+z`, `mod+shift+z`, `Delete`, `?`; `mod` is Ctrl, or Cmd on a Mac. */
  keys: readonly string[];
  words: string;
  run: () => void;
  /** Also while an input has the focus. */
  isEverywhere?: boolean;
  /** Only while nothing, or something on the canvas, has the focus: a button has its own use for these keys. */
  isOnCanvas?: boolean;
  /** Before the canvas has its own use for these keys. */
  isFirst?: boolean;
  /** The browser turns these keys into an event of its own, such as `copy`, which is listened to instead. */
  isNative?: boolean;
};

/** Listens to shortcuts while a part of the page is mounted; keys typed into inputs, menus and dialogs are left alone. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;

  useEffect(() => {
    const listen =
      (isFirst: boolean) =>
      (event: KeyboardEvent): void => {
        if (event.defaultPrevented) return;
        const pressed = keysOf(event);
        const found = current.current.find(
          (one) => one.keys.includes(pressed) && !one.isNative && (one.isFirst ?? false) === isFirst,
        );
        if (!found || !isMeant(found, event.target)) return;
        event.preventDefault();
        if (isFirst) event.stopPropagation();
        found.run();
      };
    const first = listen(true);
    const other = listen(false);
    window.addEventListener('keydown', first, { capture: true });
    window.addEventListener('keydown', other);
    return () => {
      window.removeEventListener('keydown', first, { capture: true });
      window.removeEventListener('keydown', other);
    };
  }, []);
}

/** Whether somebody types there, so that a key is a letter. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');

/** Whether the focus is in something that opens over the page and has keys of its own. */
export const isOver = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

function isMeant(shortcut: Shortcut, target: EventTarget | null): boolean {
  if (isOver(target)) return false;
  if (isTyping(target)) return shortcut.isEverywhere ?? false;
  return !shortcut.isOnCanvas || isCanvas(target);
}

function isCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target === document.body) return true;
  return target.closest('.react-flow') !== null && target.closest('button') === null;
}

/** The pressed keys in the spelling of `Shortcut.keys`. */
function keysOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isLetter = /^[a-z]$/.test(key);
  const parts = [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey && (isLetter || key.length > 1) ? 'shift' : '',
    key,
  ];
  return parts.filter(Boolean).join('+');
}
