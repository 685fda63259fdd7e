import type { Right } from '#contract';
import type { Actions } from './actions.ts';
import type { Draft } from './draft.ts';
import type { Point } from './graph-changes.ts';
import type { Shortcut } from './use-shortcuts.ts';
import type { View } from './use-view.ts';

export const commandGroups = ['Add', 'Select', 'Arrange', 'Look', 'Draft'] as const;

/** What the menu of the right mouse button is opened on; `items` are blocks, notes and groups. */
export type MenuTarget = 'canvas' | 'items' | 'edge';

/** Something that the editor does: by its keys, from the search, and from the menu of the right mouse button. */
export type Command = Omit<Shortcut, 'run'> & {
  group: (typeof commandGroups)[number];
  /** The menus that offer it. */
  menus?: readonly MenuTarget[];
  /** `at` is the place on the canvas where a menu was opened. */
  run: (at?: Point) => void;
  /** Shown among the shortcuts, but no entry of the search. */
  isKeyOnly?: boolean;
  /** Only for whoever has this right. */
  needs?: Right;
};

export type CommandHands = {
  draft: Draft;
  actions: Actions;
  view: View;
  insert: () => void;
  openPalette: () => void;
  findBlock: () => void;
  openSelected: () => void;
  nextRegion: () => void;
  nextIssue: () => void;
  dropText: (text: string | null) => void;
  pasteText: () => void;
  saveNow: () => void;
  openDialog: (dialog: 'launch' | 'run' | 'shortcuts') => void;
  openVersions: () => void;
  dryRun: () => void;
};

/** The one list of what the keyboard and the search can do; `?` shows the same words. */
export function editorCommands(hands: CommandHands): Command[] {
  const changing = [...adding(hands), ...arranging(hands)];
  return [
    ...changing.map((command) => ({ ...command, needs: 'workflows.write' as const })),
    ...selecting(hands),
    ...looking(hands),
    ...drafting(hands),
  ];
}

const adding = ({ actions, openPalette, insert, dropText, pasteText }: CommandHands): Command[] => [
  {
    group: 'Add',
    keys: ['/', 'a'],
    words: 'Find a block to add',
    run: () => openPalette(),
    menus: ['canvas'],
  },
  {
    group: 'Add',
    keys: ['i'],
    words: 'Insert after the selected block, or into the selected edge',
    run: () => insert(),
    menus: ['items', 'edge'],
  },
  { group: 'Add', keys: ['n'], words: 'Add a note', run: (at) => actions.addNote(at), menus: ['canvas'] },
  {
    group: 'Add',
    keys: ['mod+d'],
    words: 'Duplicate the selection',
    run: actions.duplicate,
    menus: ['items'],
  },
  {
    group: 'Add',
    keys: ['mod+c'],
    words: 'Copy the selection',
    run: () => dropText(actions.copy()),
    isNative: true,
    menus: ['items'],
  },
  {
    group: 'Add',
    keys: ['mod+x'],
    words: 'Cut the selection',
    run: () => dropText(actions.cut()),
    isNative: true,
    menus: ['items'],
  },
  {
    group: 'Add',
    keys: ['mod+v'],
    words: 'Paste, also from another workflow or server',
    run: () => pasteText(),
    isNative: true,
    menus: ['canvas'],
  },
];

const selecting = ({ actions, findBlock, openSelected, nextRegion, nextIssue }: CommandHands): Command[] => {
  const walk = (heading: 'left' | 'right' | 'up' | 'down'): Command[] => {
    const key = `Arrow${heading.charAt(0).toUpperCase()}${heading.slice(1)}`;
    const common = { group: 'Select', isFirst: true, isOnCanvas: true, isKeyOnly: true } as const;
    return [
      { ...common, keys: [`alt+${key}`], words: 'Go to the next block', run: () => actions.walk(heading) },
      {
        ...common,
        keys: [`alt+shift+${key}`],
        words: 'Select the next block as well',
        run: () => actions.walk(heading, true),
      },
    ];
  };
  return [
    { group: 'Select', keys: ['mod+f'], words: 'Find a block on the canvas', run: findBlock },
    ...walk('left'),
    ...walk('right'),
    ...walk('up'),
    ...walk('down'),
    {
      group: 'Select',
      keys: ['Enter'],
      words: 'Open what is selected',
      run: () => openSelected(),
      isOnCanvas: true,
      isKeyOnly: true,
      menus: ['items'],
    },
    { group: 'Select', keys: ['F8'], words: 'Go to the next issue', run: nextIssue, isEverywhere: true },
    {
      group: 'Select',
      keys: ['F6'],
      words: 'Go to the palette, the canvas, the settings in turn',
      run: nextRegion,
      isEverywhere: true,
      isKeyOnly: true,
    },
    { group: 'Select', keys: ['mod+a'], words: 'Select all', run: actions.selectAll, menus: ['canvas'] },
    { group: 'Select', keys: ['Escape'], words: 'Select nothing', run: actions.clear, isKeyOnly: true },
  ];
};

const arranging = ({ actions }: CommandHands): Command[] => {
  const nudge = (key: string, dx: number, dy: number): Command => ({
    group: 'Arrange',
    keys: [key],
    words: 'Move the selection',
    run: () => actions.nudge(dx, dy),
    isOnCanvas: true,
    isKeyOnly: true,
  });
  // Before the canvas would move what is selected by the same arrows.
  const resize = (key: string, dx: number, dy: number): Command => ({
    group: 'Arrange',
    keys: [`mod+shift+${key}`],
    words: 'Resize the selected note',
    run: () => actions.resize(dx, dy),
    isOnCanvas: true,
    isFirst: true,
    isKeyOnly: true,
  });
  return [
    nudge('ArrowLeft', -8, 0),
    nudge('ArrowRight', 8, 0),
    nudge('ArrowUp', 0, -8),
    nudge('ArrowDown', 0, 8),
    resize('ArrowLeft', -16, 0),
    resize('ArrowRight', 16, 0),
    resize('ArrowUp', 0, -16),
    resize('ArrowDown', 0, 16),
    {
      group: 'Arrange',
      keys: ['l'],
      words: 'Lay out again, left to right',
      run: actions.tidyUp,
      menus: ['canvas'],
    },
    { group: 'Arrange', keys: ['mod+g'], words: 'Group the selection', run: actions.group, menus: ['items'] },
    { group: 'Arrange', keys: ['mod+shift+g'], words: 'Take the group apart', run: actions.ungroup },
    { group: 'Arrange', keys: [], words: 'Align left', run: () => actions.align('left') },
    {
      group: 'Arrange',
      keys: [],
      words: 'Align centres, one below the other',
      run: () => actions.align('centre'),
    },
    { group: 'Arrange', keys: [], words: 'Align right', run: () => actions.align('right') },
    { group: 'Arrange', keys: [], words: 'Align top', run: () => actions.align('top') },
    {
      group: 'Arrange',
      keys: [],
      words: 'Align middles, beside each other',
      run: () => actions.align('middle'),
    },
    { group: 'Arrange', keys: [], words: 'Align bottom', run: () => actions.align('bottom') },
    { group: 'Arrange', keys: [], words: 'Distribute across', run: () => actions.distribute('across') },
    { group: 'Arrange', keys: [], words: 'Distribute down', run: () => actions.distribute('down') },
  ];
};

const looking = ({ actions, view }: CommandHands): Command[] => [
  { group: 'Look', keys: ['f'], words: 'Fit the whole workflow in view', run: view.fit, menus: ['canvas'] },
  {
    group: 'Look',
    keys: ['shift+f'],
    words: 'Fit the selection in view',
    run: actions.fitSelection,
    menus: ['items'],
  },
  { group: 'Look', keys: ['=', '+'], words: 'Zoom in', run: view.zoomIn },
  { group: 'Look', keys: ['-'], words: 'Zoom out', run: view.zoomOut },
  { group: 'Look', keys: ['0'], words: 'Zoom to 100 %', run: view.zoomWhole },
];

const drafting = ({ draft, actions, saveNow, openDialog, openVersions, dryRun }: CommandHands): Command[] => [
  {
    group: 'Draft',
    keys: ['mod+z'],
    words: 'Undo',
    run: draft.undo,
    isEverywhere: true,
    needs: 'workflows.write',
  },
  {
    group: 'Draft',
    keys: ['mod+shift+z', 'mod+y'],
    words: 'Redo',
    run: draft.redo,
    isEverywhere: true,
    needs: 'workflows.write',
  },
  {
    group: 'Draft',
    keys: ['Delete', 'Backspace'],
    words: 'Remove what is selected',
    run: actions.remove,
    isOnCanvas: true,
    menus: ['items', 'edge'],
    needs: 'workflows.write',
  },
  {
    group: 'Draft',
    keys: ['mod+s'],
    words: 'Save now',
    run: saveNow,
    isEverywhere: true,
    needs: 'workflows.write',
  },
  { group: 'Draft', keys: [], words: 'Dry run', run: dryRun, needs: 'runs.start' },
  { group: 'Draft', keys: [], words: 'Run…', run: () => openDialog('run'), needs: 'runs.start' },
  { group: 'Draft', keys: [], words: 'Launch…', run: () => openDialog('launch'), needs: 'workflows.launch' },
  { group: 'Draft', keys: [], words: 'Versions', run: openVersions },
  { group: 'Draft', keys: ['?'], words: 'Show all shortcuts', run: () => openDialog('shortcuts') },
];
