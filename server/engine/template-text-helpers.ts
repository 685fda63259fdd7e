import { maxMadeText, type TemplateHelper, textOf } from './template-helper.ts';
import { fail, type Rendering, spend, spendText } from './template-run.ts';

const occurrencesPerStep = 16;

/** Functions about texts. */
export const textHelpers: readonly TemplateHelper[] = [
  {
    name: 'lower',
    summary: 'Small letters.',
    example: '{{lower email}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => textOf('lower', value, rendering)?.toLowerCase(),
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
      const length = text.length + countOf(text, wanted, rendering) * (other.length - wanted.length);
      if (length > maxMadeText) fail(rendering, 'The function "replace" makes more than 1 MiB of text.');
      return spendText(
        rendering,
        text.replaceAll(wanted, () => other),
      );
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
];

/** How often a text holds another one; counting is paid for, because a text of one letter holds it a million times. */
function countOf(text: string, wanted: string, rendering: Rendering): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    count += 1;
    if (count % occurrencesPerStep === 0) spend(rendering, 1);
  }
  return count;
}
