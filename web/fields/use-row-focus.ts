import { useEffect, useRef } from 'react';

/**
 * Leads the keyboard to the first input of a row that was just added. When a row was removed, it goes to the button that
 * removes the row which took its place, or the last one, or to the button that adds one. The list carries `ref`; its
 * rows, which are its children, `data-row`; those buttons `data-remove` and `data-add`.
 */
export function useRowFocus() {
  const ref = useRef<HTMLDivElement>(null);
  const change = useRef<'added' | { removed: number } | null>(null);

  useEffect(() => {
    const list = ref.current;
    const done = change.current;
    if (done === null || !list) return;
    change.current = null;
    targetIn(list, done)?.focus();
  });

  return {
    ref,
    added(): void {
      change.current = 'added';
    },
    removed(at: number): void {
      change.current = { removed: at };
    },
  };
}

function targetIn(list: HTMLElement, done: 'added' | { removed: number }): HTMLElement | null | undefined {
  const rows = list.querySelectorAll(':scope > [data-row]');
  if (done === 'added') return rows[rows.length - 1]?.querySelector<HTMLElement>('input, textarea');
  const near = rows[Math.min(done.removed, rows.length - 1)];
  return (
    near?.querySelector<HTMLElement>('[data-remove]') ??
    list.querySelector<HTMLElement>(':scope > div > [data-add]')
  );
}
