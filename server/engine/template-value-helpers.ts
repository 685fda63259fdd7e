import { type TemplateHelper, textOf } from './template-helper.ts';
import { fail, isEmpty, isMissing, spendText, toText } from './template-run.ts';

const plainNumber = /^-?\d+(\.\d+)?$/;

/** Functions about values of every kind. */
export const valueHelpers: readonly TemplateHelper[] = [
  {
    name: 'default',
    summary: 'Takes the second value when the first is missing or empty.',
    example: '{{default nickname first_name}}',
    minArguments: 2,
    maxArguments: 2,
    run: ([value, fallback]) => (isEmpty(value) ? fallback : value),
  },
  {
    name: 'equals',
    summary: 'Whether two values are written the same, as in {{#if (equals status "active")}}.',
    example: '{{equals status "active"}}',
    minArguments: 2,
    maxArguments: 2,
    run: ([value, other], rendering) =>
      !isMissing(value) && toText(rendering, value) === toText(rendering, other),
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
    name: 'map',
    summary:
      'Looks a value up in pairs: what it is, and what stands for it. A last one alone stands for all others.',
    example: '{{map position "IT Manager" "25" "Sales" "30" "10"}}',
    minArguments: 3,
    maxArguments: 101,
    run: ([value, ...pairs], rendering) => {
      if (isMissing(value)) return pairs.length % 2 === 1 ? pairs.at(-1) : undefined;
      const wanted = textOf('map', value, rendering);
      for (let at = 0; at + 1 < pairs.length; at += 2)
        if (textOf('map', pairs[at], rendering) === wanted) return pairs[at + 1];
      if (pairs.length % 2 === 1) return pairs.at(-1);
      fail(
        rendering,
        `The function "map" says nothing for "${wanted?.slice(0, 40)}". Add it, or a last value for all others.`,
      );
    },
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
    name: 'required',
    summary: 'Stops the step when the value is missing or empty, instead of sending nothing in its place.',
    example: '{{required email}}',
    minArguments: 1,
    maxArguments: 1,
    run: ([value], rendering) => {
      if (!isEmpty(value)) return value;
      fail(
        rendering,
        'A value that this request cannot do without is empty. Give the record a value for it.',
      );
    },
  },
];
