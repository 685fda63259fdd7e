import { ActionIcon, Button, SimpleGrid, Stack, Tooltip } from '@mantine/core';
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Copy,
  Group as GroupIcon,
  type LucideIcon,
  Trash2,
  Ungroup,
  X,
} from 'lucide-react';
import { keyNames } from '../ui/key-names.ts';
import type { Actions } from './actions.ts';
import { useDraft, useEditor } from './editor-world.ts';
import classes from './Inspector.module.css';
import { isGroup, isNote } from './marks.ts';

const arrangements: [label: string, icon: LucideIcon, run: (actions: Actions) => void][] = [
  ['Align left', AlignStartVertical, (actions) => actions.align('left')],
  ['Align centres', AlignCenterVertical, (actions) => actions.align('centre')],
  ['Align right', AlignEndVertical, (actions) => actions.align('right')],
  ['Distribute across', AlignHorizontalDistributeCenter, (actions) => actions.distribute('across')],
  ['Align top', AlignStartHorizontal, (actions) => actions.align('top')],
  ['Align middles', AlignCenterHorizontal, (actions) => actions.align('middle')],
  ['Align bottom', AlignEndHorizontal, (actions) => actions.align('bottom')],
  ['Distribute down', AlignVerticalDistributeCenter, (actions) => actions.distribute('down')],
];

/** What can be done with several things at once, or with a note or a group. */
export function SelectionPanel() {
  const { actions } = useEditor();
  const selected = useDraft((state) => state.selected);
  const hasGroup = useDraft(({ graph }) => ungroupable(graph.groups ?? [], selected));
  const words = wordsFor(selected);
  const isSeveral = selected.length > 1 || selected.some(isGroup);
  const isOneGroup = selected.length === 1 && isSeveral;

  return (
    <aside className={classes.inspector} aria-label="Selection">
      <header className={classes.head}>
        <strong className={classes.title}>{words.charAt(0).toUpperCase() + words.slice(1)} selected</strong>
        <Tooltip label="Select nothing">
          <ActionIcon aria-label="Select nothing" className={classes.tool ?? ''} onClick={actions.clear}>
            <X size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.body}>
        <p className={classes.summary}>
          {isOneGroup && 'Press Enter to rename it. '}
          {!isSeveral && 'Press Enter to write. '}
          {isSeveral && !isOneGroup
            ? 'Drag them together, or move them with the arrow keys.'
            : 'Drag it, or move it with the arrow keys.'}
          {!isSeveral && ` ${keyNames('mod+shift').join(' ')} and an arrow key resize it.`}
        </p>
        {isSeveral && (
          <SimpleGrid cols={4} spacing={4} w={160} role="group" aria-label="Arrange">
            {arrangements.map(([label, Icon, run]) => (
              <Tooltip key={label} label={label}>
                <ActionIcon
                  size={36}
                  aria-label={label}
                  className={classes.tool ?? ''}
                  onClick={() => run(actions)}
                >
                  <Icon size={17} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ))}
          </SimpleGrid>
        )}
        <Stack gap="xs" align="flex-start">
          {isSeveral && !isOneGroup && (
            <Button
              variant="default"
              size="xs"
              leftSection={<GroupIcon size={14} aria-hidden />}
              onClick={actions.group}
            >
              Group {words}
            </Button>
          )}
          {hasGroup && (
            <Button
              variant="default"
              size="xs"
              leftSection={<Ungroup size={14} aria-hidden />}
              onClick={actions.ungroup}
            >
              Take the group apart
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            leftSection={<Copy size={14} aria-hidden />}
            onClick={actions.duplicate}
          >
            Duplicate {words}
          </Button>
          {!isOneGroup && (
            <Button
              variant="default"
              size="xs"
              leftSection={<Trash2 size={14} aria-hidden />}
              onClick={actions.remove}
            >
              Remove {words}
            </Button>
          )}
        </Stack>
      </div>
    </aside>
  );
}

const ungroupable = (groups: readonly { id: string; members: readonly string[] }[], ids: readonly string[]) =>
  groups.some((group) => ids.includes(group.id) || group.members.some((member) => ids.includes(member)));

/** Such as *3 blocks and 1 note*. */
function wordsFor(ids: readonly string[]): string {
  const count = (number: number, noun: string) =>
    number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`];
  const notes = ids.filter(isNote).length;
  const groups = ids.filter(isGroup).length;
  const parts = [
    ...count(ids.length - notes - groups, 'block'),
    ...count(notes, 'note'),
    ...count(groups, 'group'),
  ];
  return parts.length > 2 ? `${parts[0]}, ${parts[1]} and ${parts[2]}` : parts.join(' and ');
}
