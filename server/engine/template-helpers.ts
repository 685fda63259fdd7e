import { parseInstant } from '#domain/instant';
import { fail, isEmpty, isMissing, type Rendering, spend, spendText, toText } from './template-run.ts';

/** A function that a template may call, described for the editor's help. */
export interface TemplateHelper {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  readonly minArguments: number;
  readonly maxArguments: number;
  /** Missing values stay missing, so that `default` and the strict check still see them. */
  readonly run: (values: readonly unknown[], rendering: Rendering) => unknown;
}

const maxReplacedLength = 1024 * 1024;
const dateTokens = /YYYY|MM|DD|HH|mm|ss|SSS/g;
const plainNumber = /^-?\d+(\.\d+)?$/;

/** All functions there are, alphabetical. None of them reads anything but its arguments. */
export const templateHelpers: readonly TemplateHelper[] = [
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
    name: 'date',
    summary: 'Writes an ISO date or time in another form, in UTC. Parts: YYYY MM DD HH mm ss SSS.',
    example: '{{date last_activity "DD.MM.YYYY"}}',
    minArguments: 1,
    maxArguments: 2,
    run: ([value, format], rendering) => {
      const text = textOf('date', value, rendering);
      if (text === undefined || text.trim() === '') return undefined;
      const instant = parseInstant(text.trim());
      if (instant === undefined)
        fail(rendering, `The function "date" needs an ISO date, but got "${text.slice(0, 40)}".`);
      return formatDate(instant.ms, textOf('date', format, rendering) ?? 'YYYY-MM-DD');
    },
  },
  {
    name: 'default',
    summary: 'Takes the second value when the first is missing or empty.',
    example: '{{default nickname first_name}}',
    minArguments: 2,
    maxArguments: 2,
    run: ([value, fallback]) => (isEmpty(value) ? fallback : value),
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
        if (text.length > maxReplacedLength)
          fail(rendering, 'The function "join" makes more than 1 MiB of text.');
      }
      return spendText(rendering, text);
    },
  },
  {
    name: 'json',
    summary: 'Writes a value as JSON; text gets its quotes.',
    example: '{{json response.emails}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) =>
      isMissing(value) ? undefined : spendText(rendering, JSON.stringify(value) ?? ''),
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
    name: 'lower',
    summary: 'Small letters.',
    example: '{{lower email}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => textOf('lower', value, rendering)?.toLowerCase(),
  },
  {
    name: 'number',
    summary: 'A number written as text, as a number: for JSON bodies that want 2 instead of "2".',
    example: '{{number count}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => {
      const text = textOf('number', value, rendering)?.trim();
      if (text === undefined || text === '') return undefined;
      const number = Number(text);
      if (plainNumber.test(text) && String(number) === text) return number;
      fail(rendering, `"${text.slice(0, 80)}" is not a number that JSON can hold exactly.`);
    },
  },
  {
    name: 'replace',
    summary: 'Replaces every occurrence of a text by another text.',
    example: '{{replace phone " " ""}}',
    minArguments: 3,
    maxArguments: 3,
    run: ([value, search, replacement], rendering) => {
      const text = textOf('replace', value, rendering);
      const wanted = textOf('replace', search, rendering) ?? '';
      const other = textOf('replace', replacement, rendering) ?? '';
      if (text === undefined || wanted === '') return text;
      const pieces = text.split(wanted);
      const length = text.length + (pieces.length - 1) * (other.length - wanted.length);
      if (length > maxReplacedLength)
        fail(rendering, 'The function "replace" makes more than 1 MiB of text.');
      return spendText(rendering, pieces.join(other));
    },
  },
  {
    name: 'required',
    summary: 'Stops the step when the value is missing or empty, instead of sending nothing in its place.',
    example: '{{required email}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => {
      if (!isEmpty(value)) return value;
      fail(rendering, 'A value that this request cannot do without is empty. Give the record a value for it.');
    },
  },
  {
    name: 'trim',
    summary: 'Without white space at the ends.',
    example: '{{trim first_name}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => textOf('trim', value, rendering)?.trim(),
  },
  {
    name: 'upper',
    summary: 'Capital letters.',
    example: '{{upper country}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => textOf('upper', value, rendering)?.toUpperCase(),
  },
  {
    name: 'urlencode',
    summary:
      'Percent-encodes a text. URLs do this by themselves; it is for addresses inside texts and bodies.',
    example: '{{urlencode email}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => {
      const text = textOf('urlencode', value, rendering);
      return text === undefined ? undefined : encodeURIComponent(text.toWellFormed());
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

export const helperByName: ReadonlyMap<string, TemplateHelper> = new Map(
  templateHelpers.map((helper) => [helper.name, helper]),
);

function textOf(name: string, value: unknown, rendering: Rendering): string | undefined {
  if (isMissing(value)) return undefined;
  if (typeof value === 'object') {
    fail(
      rendering,
      `The function "${name}" needs text, but got ${Array.isArray(value) ? 'a list' : 'a record'}.`,
    );
  }
  return toText(rendering, value);
}

function listOf(name: string, value: unknown, rendering: Rendering): readonly unknown[] | undefined {
  if (isMissing(value)) return undefined;
  if (Array.isArray(value)) return value;
  fail(
    rendering,
    `The function "${name}" needs a list, but got ${typeof value === 'object' ? 'a record' : 'text'}.`,
  );
}

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

function formatDate(ms: number, format: string): string {
  const iso = new Date(ms).toISOString();
  const parts: Record<string, string> = {
    YYYY: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    DD: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
    SSS: iso.slice(20, 23),
  };
  return format.replaceAll(dateTokens, (token) => parts[token] ?? token);
}
