import { maxMadeText, type TemplateHelper, textOf } from './template-helper.ts';
import { fail, isMissing, type Rendering, spend, spendText, toText } from './template-run.ts';

const mostEntries = 10_000;

/** Functions about lists. */
export const listHelpers: readonly TemplateHelper[] = [
  {
    name: 'count',
    summary: 'How many entries a list has; 0 when it is missing.',
    example: '{{count response.items}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => listOf('count', value, rendering)?.length ?? 0,
  },
  {
    name: 'first',
    summary: 'The first entry of a list.',
    example: '{{first emails}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => listOf('first', value, rendering)?.[0],
  },
  {
    name: 'join',
    summary:
      'Writes the entries of a list one after the other, with a text in between (", " if none is given).',
    example: '{{join emails "; "}}',
    minArguments: 1,
    maxArguments: 2,
    run: ([value, separator], rendering) => {
      const list = listOf('join', value, rendering);
      if (list === undefined) return undefined;
      spend(rendering, list.length);
      const between = textOf('join', separator, rendering) ?? ', ';
      let text = '';
      for (const [index, entry] of list.entries()) {
        text += (index === 0 ? '' : between) + toText(rendering, entry);
        if (text.length > maxMadeText) fail(rendering, 'The function "join" makes more than 1 MiB of text.');
      }
      return spendText(rendering, text);
    },
  },
  {
    name: 'last',
    summary: 'The last entry of a list.',
    example: '{{last emails}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => listOf('last', value, rendering)?.at(-1),
  },
  {
    name: 'split',
    summary: 'Cuts a text into a list wherever another text stands ("," if none is given); ends are trimmed.',
    example: '{{first (split emails ";")}}',
    minArguments: 1,
    maxArguments: 2,
    run: ([value, separator], rendering) => {
      const text = textOf('split', value, rendering);
      if (text === undefined) return undefined;
      const between = textOf('split', separator, rendering) ?? ',';
      if (between === '') fail(rendering, 'The function "split" needs a text to cut at, such as ",".');
      const entries = text.split(between, mostEntries + 1);
      if (entries.length > mostEntries)
        fail(rendering, 'The function "split" makes more than 10,000 entries.');
      spend(rendering, entries.length);
      return entries.map((entry) => entry.trim());
    },
  },
];

function listOf(name: string, value: unknown, rendering: Rendering): readonly unknown[] | undefined {
  if (isMissing(value)) return undefined;
  if (Array.isArray(value)) return value;
  fail(
    rendering,
    `The function "${name}" needs a list, but got ${typeof value === 'object' ? 'a record' : 'text'}.`,
  );
}
