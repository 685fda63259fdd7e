const names: Record<string, string> = {
  alt: 'Alt',
  shift: 'Shift',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** The caps of the keys that `mod+shift+z` asks for, as this keyboard calls them. */
export function keyNames(keys: string): string[] {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return parts.map((part) => {
    if (part === 'mod') return isMac() ? '⌘' : 'Ctrl';
    return names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
