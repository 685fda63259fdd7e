import { Kbd, Modal } from '@mantine/core';
import classes from './ShortcutsDialog.module.css';

const shortcuts: [words: string, ...keys: string[]][] = [
  ['Find a block to add', '/'],
  ['Move between blocks', 'Tab'],
  ['Open the block in focus', 'Enter'],
  ['Move the selection', '← ↑ → ↓'],
  ['Select several', 'Shift', 'drag'],
  ['Select all', 'Ctrl', 'A'],
  ['Copy, paste, duplicate', 'Ctrl', 'C / V / D'],
  ['Remove', 'Delete'],
  ['Undo', 'Ctrl', 'Z'],
  ['Redo', 'Ctrl', 'Shift', 'Z'],
  ['Lay out left to right', 'L'],
  ['Fit in view', 'F'],
  ['Save now', 'Ctrl', 'S'],
  ['Select nothing', 'Esc'],
  ['Show this list', '?'],
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Shortcuts" size="sm">
      <dl className={classes.list}>
        {shortcuts.map(([words, ...keys]) => (
          <div key={words} className={classes.row}>
            <dt>{words}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} size="xs">
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>
        Exits are connected by dragging their handles, or with the list “Exits” in the settings of a block.
      </p>
    </Modal>
  );
}
