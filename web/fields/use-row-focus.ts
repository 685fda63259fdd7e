import { useEffect, useRef } from 'react';

/**
 * Leads the keyboard to the first input of a row that was just added, and to the button that adds one when a row was
 * removed with the focus in it. The list carries `ref`, its rows `data-row` and the button `data-add`.
 */
export function useRowFocus() {
  const ref = useRef<HTMLDivElement>(null);
  const change = useRef<'added' | 'removed' | null>(null);

  useEffect(() => {
    const list = ref.current;
    if (change.current === null || !list) return;
    const rows = list.querySelectorAll('[data-row]');
    const input = rows[rows.length - 1]?.querySelector<HTMLElement>('input, textarea');
    const target = change.current === 'added' ? input : list.querySelector<HTMLElement>('[data-add]');
    change.current = null;
    target?.focus();
  });

  return {
    ref,
    added(): void {
      change.current = 'added';
    },
    removed(): void {
      change.current = 'removed';
    },
  };
}
