import { type TemplateHelper, textOf } from './template-helper.ts';
import { fail, isEmpty, isMissing, type Rendering, spend } from './template-run.ts';

/** Functions about records, for vendors that want a whole one back. */
export const recordHelpers: readonly TemplateHelper[] = [
  {
    name: 'change',
    summary:
      'A record with some of its values replaced: name and value, in turn. For vendors that want the whole record back. What is empty stays as it was.',
    example: '{{change webex_user "title" title}}',
    minArguments: 3,
    maxArguments: 41,
    run: ([value, ...changes], rendering) => {
      // Nothing here would reset everything there.
      const record = recordOf('change', value, rendering);
      if (changes.length % 2 === 1)
        fail(rendering, 'The function "change" needs a value behind each name. Add the last one.');
      const changed = new Map(Object.entries(record));
      for (let at = 0; at < changes.length; at += 2) {
        const name = textOf('change', changes[at], rendering) ?? '';
        if (!isEmpty(changes[at + 1])) changed.set(name, changes[at + 1]);
      }
      return toRecord(changed, rendering);
    },
  },
  {
    name: 'without',
    summary: 'A record without some of its values, by their names.',
    example: '{{without webex_user "created" "status"}}',
    minArguments: 2,
    maxArguments: 41,
    run: ([value, ...names], rendering) => {
      if (isMissing(value)) return undefined;
      const rest = new Map(Object.entries(recordOf('without', value, rendering)));
      for (const name of names) rest.delete(textOf('without', name, rendering) ?? '');
      return toRecord(rest, rendering);
    },
  },
];

function recordOf(name: string, value: unknown, rendering: Rendering): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  fail(
    rendering,
    `The function "${name}" needs a record, but got ${isMissing(value) ? 'nothing. Put the block that reads it before this one' : 'something else'}.`,
  );
}

/** Own properties, whatever they are called. */
function toRecord(entries: ReadonlyMap<string, unknown>, rendering: Rendering): object {
  spend(rendering, entries.size);
  return Object.fromEntries(entries);
}
