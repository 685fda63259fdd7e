import { Kbd, Menu } from '@mantine/core';
import { keyNames } from '../ui/key-names.ts';
import type { Command, MenuTarget } from './commands.ts';
import type { Point } from './graph-changes.ts';
import classes from './PickList.module.css';

/** Where the menu was opened: on the screen and on the canvas. */
export type MenuPlace = { on: MenuTarget; at: Point; onCanvas: Point };

type Props = { place: MenuPlace; commands: readonly Command[]; onClose: () => void };

/** What can be done with what is under the pointer: by the right mouse button, a long touch, or Shift F10. */
export function CanvasMenu({ place, commands, onClose }: Props) {
  const offered = commands
    .filter(({ menus }) => menus?.includes(place.on))
    .sort((a, b) => rankOf(a) - rankOf(b));
  if (offered.length === 0) return null;
  return (
    <Menu
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="bottom-start"
      width={280}
      shadow="md"
      withinPortal
    >
      <Menu.Target>
        {/* A button, because that is what says of itself that it opens a menu. */}
        <button
          type="button"
          tabIndex={-1}
          aria-label="Where the menu was opened"
          className={classes.anchor}
          style={{ left: place.at.x, top: place.at.y }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label="What can be done here">
        {offered.map(({ words, keys, run }) => (
          <Menu.Item
            key={words}
            rightSection={keys[0] && <Kbd size="xs">{keyNames(keys[0]).join(' ')}</Kbd>}
            // The menu gives the focus back when it closes; what is done may want it after that.
            onClick={() => setTimeout(() => run(place.onCanvas))}
          >
            {menuWords[words] ?? words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** In the order of the menu, and shorter where the place says the rest. */
const menuWords: Record<string, string> = {
  'Open what is selected': 'Open',
  'Insert after the selected block, or into the selected edge': 'Insert a block here',
  'Find a block to add': 'Find a block to add',
  'Add a note': 'Add a note',
  'Duplicate the selection': 'Duplicate',
  'Copy the selection': 'Copy',
  'Cut the selection': 'Cut',
  'Paste, also from another workflow or server': 'Paste',
  'Group the selection': 'Group',
  'Take the group apart': 'Take the group apart',
  'Fit the selection in view': 'Fit in view',
  'Select all': 'Select all',
  'Lay out again, left to right': 'Lay out again',
  'Fit the whole workflow in view': 'Fit all in view',
  'Remove what is selected': 'Remove',
};

const rankOf = ({ words }: Command): number => Object.keys(menuWords).indexOf(words);
