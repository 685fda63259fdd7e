const blocks = (count: number) => `${'{{#if a}}'.repeat(count)}x${'{{/if}}'.repeat(count)}`;
const many = Array.from({ length: 200 }, (_, index) => index);
const megabyte = 'x'.repeat(1_000_000);

/** Templates that are refused before they cost anything. */
export const tooLarge: readonly (readonly [string, string])[] = [
  ['12,000 tags', '{{a}}'.repeat(12_000)],
  ['more than 64 KiB', 'x'.repeat(64 * 1024 + 1)],
  ['more than 64 KiB in two-byte letters', 'é'.repeat(33 * 1024)],
  ['100 MB', 'x'.repeat(100_000_000)],
  ['1,001 tags', '{{a}}'.repeat(1_001)],
  ['33 nested blocks', blocks(33)],
  ['3,000 nested blocks', blocks(3_000)],
  ['33 chained blocks', `{{#if a}}${'{{else if a}}'.repeat(33)}{{/if}}`],
  ['33 parentheses', `{{lower ${'(lower '.repeat(33)}a${')'.repeat(33)}}}`],
  ['900 parentheses', `{{lower ${'('.repeat(900)}}}`],
  ['40 filters', `{{a${'|lower'.repeat(40)}}}`],
  ['a tag of 2,100 characters', `{{lower ${' '.repeat(2_100)}a}}`],
  ['more than 4,000 words', '{{default a.a.a.a.a.a.a.a a}}'.repeat(300)],
  ['more than 2,000 parts', '{{default a b}}'.repeat(800)],
  ['12,000 open tags', '{{'.repeat(12_000)],
  ['12,000 open quotes', '{{a "'.repeat(12_000)],
  ['12,000 open brackets', '{{a['.repeat(12_000)],
  ['12,000 open comments', '{{!--'.repeat(12_000)],
  ['30,000 backslashes', `${'\\'.repeat(30_000)}{{a`],
  ['1,001 angle tags', '<<a>>'.repeat(1_001)],
  ['a path of 400 parts', `{{${Array(400).fill('a').join('.')}}}`],
  ['a path of 400 brackets', `{{a${'["b"]'.repeat(400)}}}`],
  ['40 nested loops', `${'{{#each l}}'.repeat(40)}x${'{{/each}}'.repeat(40)}`],
  ['a value map of 200 pairs', `{{map a${' "x" "y"'.repeat(200)}}}`],
];

/** Templates that are large, and allowed. */
export const large: readonly (readonly [string, string])[] = [
  ['32 nested blocks', blocks(32)],
  ['1,000 tags', '{{a}}'.repeat(1_000)],
  ['1,000 tags between texts', '{{a}} x'.repeat(1_000)],
  ['480 blocks', '{{#if a}}x{{/if}}'.repeat(480)],
  ['60,000 line breaks', `${'\n'.repeat(60_000)}x{{~#if a~}}b{{/if}}`],
  ['60,000 spaces', `${' '.repeat(60_000)}x{{~a}}`],
  ['32,000 open angles', '<<'.repeat(32_000)],
  ['20,000 open angles with names', '<<a'.repeat(20_000)],
  ['30,000 escaped tags', '\\{{'.repeat(20_000)],
  ['64 KiB of text', 'x'.repeat(64 * 1024)],
];

/** Templates that would grow or go on without end; each stops at its budget of steps or of text. */
export const endless: readonly (readonly [string, string, Record<string, unknown>])[] = [
  [
    'three nested loops over 200 entries',
    '{{#each l}}{{#each @root.l}}{{#each @root.l}}{{this}}{{/each}}{{/each}}{{/each}}',
    { l: many },
  ],
  ['a loop over a million entries', '{{#each l}}{{/each}}', { l: Array(1_000_000).fill(1) }],
  [
    'a loop over the fields of a large record',
    '{{#each l}}{{/each}}',
    {
      l: Object.fromEntries(
        megabyte
          .slice(0, 100_000)
          .split('')
          .map((_, i) => [`k${i}`, 1]),
      ),
    },
  ],
  ['a text of 2 MiB', '{{a}}', { a: megabyte.repeat(2) }],
  ['a text doubled past 1 MiB', '{{a}}{{a}}', { a: megabyte }],
  ['a record of 2 MiB', '{{a}}', { a: [megabyte, megabyte] }],
  [
    'text multiplied by replace',
    '{{replace (replace (replace a "x" b) "x" b) "x" b}}',
    { a: 'x'.repeat(1000), b: 'x'.repeat(1000) },
  ],
  ['text multiplied by join', '{{join l a}}', { l: many, a: 'x'.repeat(100_000) }],
  [
    'a large record written in every turn',
    '{{#each l}}{{#if (json @root.a)}}y{{/if}}{{/each}}',
    { l: Array(5_000).fill(1), a: megabyte },
  ],
  [
    'a large list read in every turn',
    '{{#each l}}{{#if @root.l[*].x}}y{{/if}}{{/each}}',
    { l: Array(5_000).fill({ x: 1 }) },
  ],
  [
    'large texts trimmed in every turn',
    '{{#each l}}{{#if (trim @root.a)}}y{{/if}}{{/each}}',
    { l: Array(5_000).fill(1), a: ` ${megabyte} ` },
  ],
  ['a text cut into a million entries', '{{count (split a "x")}}', { a: megabyte }],
  [
    'a list joined in every turn',
    '{{#each l}}{{#if (join @root.l)}}y{{/if}}{{/each}}',
    { l: Array(5_000).fill(1) },
  ],
  [
    'a text replaced by itself in every turn',
    '{{#each l}}{{#if (replace @root.a "x" "xx")}}y{{/if}}{{/each}}',
    { l: Array(5_000).fill(1), a: 'x'.repeat(500_000) },
  ],
  [
    'a record that holds itself through lists, written a thousand times',
    '{{#each l}}{{@root.l}}{{/each}}',
    { l: Array(1_000).fill({ x: 'y'.repeat(2_000) }) },
  ],
];
