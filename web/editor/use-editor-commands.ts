import { useEffect } from 'react';
import { useSession } from '../api/use-session.ts';
import { usePageCommands } from '../ui/page-commands.ts';
import { sayDone, sayFailed } from '../ui/toast.ts';
import type { Catalogue } from './catalogue.ts';
import { type Command, type CommandHands, editorCommands } from './commands.ts';
import { useDraft, useEditor } from './editor-world.ts';
import { toEntries } from './palette-entries.ts';
import { isOver, isTyping, useShortcuts } from './use-shortcuts.ts';

type Options = Omit<CommandHands, 'dropText' | 'pasteText'> & { catalogue: Catalogue };

/** Lets the keyboard, the clipboard and the search do what the editor can do. Gives the list, for `?`. */
export function useEditorCommands({ catalogue, ...hands }: Options): Command[] {
  const { actions } = hands;
  const blocks = useDraft((state) => state.graph.blocks);
  const { mayChange } = useEditor();
  const rights = useSession().data?.rights ?? [];
  const commands = editorCommands({
    ...hands,
    dropText: (text) => void writeClipboard(text),
    pasteText: () => void readClipboard(actions.paste),
  }).filter(({ needs }) => needs === undefined || rights.includes(needs));
  useShortcuts(commands);
  useClipboard(hands, mayChange);

  usePageCommands(() => [
    ...commands
      .filter((command) => !command.isKeyOnly)
      .map(({ words, keys, group, run }) => ({
        id: `${group}/${words}`,
        group: 'This workflow',
        words,
        keys: keys[0] ?? null,
        run: () => run(),
      })),
    ...blocks.map((block) => ({
      id: `block/${block.id}`,
      group: 'Blocks on the canvas',
      words: block.name,
      keys: null,
      run: () => actions.goTo(block.id),
      isFoundOnly: true,
    })),
    ...(mayChange ? toEntries([...catalogue.blockTypes.values()], [...catalogue.vendors.values()]) : []).map(
      (entry) => ({
        id: `add/${entry.key}`,
        group: 'Add a block',
        words: `Add ${entry.title}`,
        keys: null,
        run: () => actions.add(entry.seed),
        isFoundOnly: true,
      }),
    ),
  ]);
  return commands;
}

/** Copies blocks as JSON, so that they can be pasted into another workflow, another server, or a message. */
function useClipboard({ actions }: Pick<Options, 'actions'>, mayChange: boolean): void {
  useEffect(() => {
    const isOurs = (event: ClipboardEvent): boolean => {
      if (event.defaultPrevented || isTyping(event.target) || isOver(event.target)) return false;
      return event.type === 'paste' || (window.getSelection()?.isCollapsed ?? true);
    };
    const take =
      (text: () => string | null) =>
      (event: ClipboardEvent): void => {
        if (!isOurs(event)) return;
        const taken = text();
        if (taken === null) return;
        event.preventDefault();
        event.clipboardData?.setData('text/plain', taken);
      };
    const copy = take(actions.copy);
    const cut = take(actions.cut);
    const paste = (event: ClipboardEvent): void => {
      if (!isOurs(event)) return;
      event.preventDefault();
      actions.paste(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('copy', copy);
    if (!mayChange) return () => document.removeEventListener('copy', copy);
    document.addEventListener('cut', cut);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', cut);
      document.removeEventListener('paste', paste);
    };
  }, [actions, mayChange]);
}

/** For a copy by mouse. Browsers allow it on pages that came over HTTPS or from this computer. */
async function writeClipboard(text: string | null): Promise<void> {
  if (text === null) return;
  try {
    await navigator.clipboard.writeText(text);
    sayDone('Copied. Paste it here, in another workflow, or on another server.');
  } catch {
    sayFailed(
      'Nothing was copied',
      new Error('This browser copies only by keys here. Press Ctrl or Cmd with C.'),
    );
  }
}

/** For a paste by mouse. Browsers ask first, and some never allow it; the keys always work. */
async function readClipboard(paste: (text: string) => void): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    sayFailed(
      'Nothing was pasted',
      new Error('This browser pastes only by keys here. Press Ctrl or Cmd with V.'),
    );
    return;
  }
  paste(text);
}
