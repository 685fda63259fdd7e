import { Kbd, Modal } from '@mantine/core';
import { keyNames } from '../ui/key-names.ts';
import { type Command, commandGroups } from './commands.ts';
import classes from './ShortcutsDialog.module.css';

type Props = { commands: readonly Command[]; onClose: () => void };

/** Every key of the editor, from the same list that is listened to. */
export function ShortcutsDialog({ commands, onClose }: Props) {
  const withKeys = commands.filter((command) => command.keys.length > 0);
  return (
    <Modal opened onClose={onClose} title="Shortcuts" size="xl">
      <div className={classes.groups}>
        {commandGroups.map((group) => (
          <section key={group} className={classes.group} aria-label={group}>
            <h3 className={classes.title}>{group}</h3>
            <dl className={classes.list}>
              {rowsOf(withKeys.filter((command) => command.group === group)).map(([words, chords]) => (
                <div key={words} className={classes.row}>
                  <dt>{words}</dt>
                  <dd>
                    {chords.map((names, at) => (
                      <span key={names.join('+')} className={classes.chord}>
                        {at > 0 && <span className={classes.or}>or</span>}
                        {names.map((name) => (
                          <Kbd key={name} size="xs">
                            {name}
                          </Kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.note}>
        <Kbd size="xs">Tab</Kbd> goes through blocks and edges. Where an exit leads is also set under “Exits”
        in the settings of a block. <Kbd size="xs">{keyNames('mod+k').join(' ')}</Kbd> searches everything,
        these commands as well.
      </p>
    </Modal>
  );
}

/** Commands of the same words share a row: the four arrows are one thing. */
function rowsOf(commands: readonly Command[]): [words: string, chords: string[][]][] {
  const rows = Map.groupBy(commands, (command) => command.words);
  return [...rows].map(([words, same]) => {
    const chords = same.flatMap((command) => command.keys.map(keyNames));
    const [first = []] = chords;
    if (same.length < 3) return [words, chords];
    return [words, [[...first.slice(0, -1), 'arrow keys']]];
  });
}
