import { useEffect, useRef } from 'react';

export type Shortcut = {
  /** Such as `mod+z`, `mod+shift+z`, `Delete`, `?`; `mod` is Ctrl, or Cmd on a Mac. */
  keys: readonly string[];
  words: string;
  run: () => void;
  /** Also while an input has the focus. */
  isEverywhere?: boolean;
};

/** Listens to shortcuts while a part of the page is mounted; keys typed into inputs and dialogs are left alone. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest('[role="dialog"]')) return;
      const isTyping = target?.matches('input, textarea, select, [contenteditable="true"]') ?? false;
      const pressed = keysOf(event);
      const found = current.current.find(
        (one) => one.keys.includes(pressed) && (one.isEverywhere || !isTyping),
      );
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
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
