import { blocks } from '#blocks/index';

type Json = Record<string, unknown>;

const begin = { id: 'begin', type: 'begin', name: 'Begin', position: { x: 0, y: 0 }, settings: {} };
const end = { id: 'end', type: 'end', name: 'End', position: { x: 320, y: 0 }, settings: {} };
const edge = { id: 'a', from: 'begin', exit: 'next', to: 'end' };

/** A file that every server of this version takes. */
export const goodFile: Json = {
  format: 'rollcall-workflow/1',
  name: 'Good',
  description: '',
  records: { kind: 'people' },
  graph: { blocks: [begin, end], edges: [edge] },
};

/** `refused` with a sentence, or `draft`: kept as a draft that cannot be launched before it is mended. */
export interface FileCase {
  title: string;
  /** The body as it is sent; text where it is no JSON that could be written otherwise. */
  text: string;
  becomes: 'refused' | 'draft';
}

const nested = (depth: number, inner = '1'): string => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;
const nestedKeys = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const block = (more: Json): Json => ({ ...end, ...more });
const withBlocks = (...blocks: unknown[]): Json => ({ ...goodFile, graph: { blocks, edges: [] } });
const withEdges = (...edges: unknown[]): Json => ({ ...goodFile, graph: { blocks: [begin, end], edges } });
const withSettings = (settings: unknown): Json => withBlocks(begin, block({ settings }));
/** A file with this text in the place of one block's settings: for what JSON.stringify could not write. */
const withRawSettings = (raw: string): string =>
  JSON.stringify(withSettings('HERE')).replace('"HERE"', () => raw);

const refused = (title: string, file: unknown): FileCase => ({
  ...{ title, becomes: 'refused' },
  text: typeof file === 'string' ? file : JSON.stringify(file),
});
const drafts = (title: string, file: unknown): FileCase => ({ ...refused(title, file), becomes: 'draft' });

const wrongTypes: [string, unknown][] = [
  ['null', null],
  ['a number', 7],
  ['a text', 'x'],
  ['a list', []],
  ['yes', true],
  ['an object', {}],
];

/** Text that does something where it is put into a page, a query, a template or a shell as it is. */
export const scripts = [
  '<script>window.escaped=1</script>',
  '<img src=x onerror="window.escaped=1">',
  '"><svg onload=window.escaped=1>',
  "'; DROP TABLE workflows; --",
  '{{constructor.constructor("return process")()}}',
  '$' + '{window.escaped=1}',
  'javascript:window.escaped=1',
  '</textarea><script>window.escaped=1</script>',
  '<iframe srcdoc="<script>parent.escaped=1</script>">',
  '`$(touch /tmp/escaped)`',
  '=HYPERLINK("http://evil.test","x")',
  '%3Cscript%3Ewindow.escaped=1%3C/script%3E',
];

/** Files that somebody may send to do harm, or by mistake. */
export const fileCases: readonly FileCase[] = [
  ...[
    '',
    ' ',
    '{',
    '[',
    'null',
    'true',
    '1',
    '"text"',
    '[]',
    '{}',
    'undefined',
    'NaN',
    '{"format":}',
    '\u0000',
    '{"a":1}{"b":2}',
    "{'format':'rollcall-workflow/1'}",
    '<workflow/>',
    '{"format":"rollcall-workflow/1"',
    '\ufeff{}',
    'name: x',
    '[[[[',
    '{"__proto__":1}',
  ].map((text) => refused(`no workflow: ${JSON.stringify(text).slice(0, 40)}`, text)),
  ...Object.keys(goodFile).flatMap((key) => [
    refused(`without ${key}`, { ...goodFile, [key]: undefined }),
    ...wrongTypes
      .filter(([, value]) => !(typeof value === 'string' && (key === 'name' || key === 'description')))
      .map(([title, value]) => refused(`${title} for ${key}`, { ...goodFile, [key]: value })),
  ]),
  ...['rollcall-workflow/0', 'rollcall-workflow/2', 'Rollcall-Workflow/1', 'rollcall-workflow/1 '].map(
    (format) => refused(`the format ${format}`, { ...goodFile, format }),
  ),
  ...[
    'isActive',
    'activeVersion',
    'id',
    'revision',
    'authors',
    'editors',
    'run',
    'constructor2',
    '$schema2',
  ].map((key) => refused(`an own key ${key}`, { ...goodFile, [key]: 1 })),
  ...Object.keys(end).flatMap((key) => [
    refused(`a block without ${key}`, withBlocks(begin, { ...end, [key]: undefined })),
    refused(`null for a block's ${key}`, withBlocks(begin, block({ [key]: null }))),
    refused(`a list for a block's ${key}`, withBlocks(begin, block({ [key]: [] }))),
  ]),
  ...['', 'End', '1', '__proto__', 'a-b', 'a b', 'a'.repeat(65), 'é', 'end\n', '../x', 'a.b', "a'b"].map(
    (id) => refused(`the block id ${JSON.stringify(id).slice(0, 30)}`, withBlocks(begin, block({ id }))),
  ),
  ...['', 'x'.repeat(121), 'a\u0000b', 'a\nb', 'a\u202eb', 'a\u2066b', 'a\u001b[31m', '\ud800'].flatMap(
    (name) => [
      refused(`a block named ${JSON.stringify(name).slice(0, 30)}`, withBlocks(begin, block({ name }))),
      refused(`a workflow named ${JSON.stringify(name).slice(0, 30)}`, { ...goodFile, name: name || '  ' }),
    ],
  ),
  ...['1e999', '-1e999', '1e300', '-1000001', '"1"', 'null', '[]'].map((x) =>
    refused(
      `a block at x = ${x}`,
      JSON.stringify(withBlocks(begin, block({ position: { x: 'HERE', y: 0 } }))).replace('"HERE"', x),
    ),
  ),
  ...Object.keys(edge).flatMap((key) => [
    refused(`an edge without ${key}`, withEdges({ ...edge, [key]: undefined })),
    refused(`a number for an edge's ${key}`, withEdges({ ...edge, [key]: 1 })),
  ]),
  refused('an edge with a key of its own', withEdges({ ...edge, weight: 1 })),
  refused('an edge from nowhere', withEdges({ ...edge, from: 'ghost' })),
  refused('an edge to nowhere', withEdges({ ...edge, to: 'ghost' })),
  refused('an edge from the prototype', withEdges({ ...edge, from: '__proto__' })),
  refused('two edges with one id', withEdges(edge, { ...edge, exit: 'other' })),
  refused('two blocks with one id', withBlocks(begin, end, end)),
  refused('501 blocks', withBlocks(...Array.from({ length: 501 }, (_, i) => block({ id: `b${i}` })))),
  refused('2,001 edges', withEdges(...Array.from({ length: 2001 }, (_, i) => ({ ...edge, id: `e${i}` })))),
  ...[41, 100, 1_000, 3_000, 100_000].flatMap((depth) => [
    refused(`${depth} lists in each other`, withRawSettings(`{"x":${nested(depth)}}`)),
    refused(`${depth} objects in each other`, withRawSettings(nestedKeys(depth))),
  ]),
  refused('100,000 lists and nothing else', nested(100_000)),
  refused('500,000 brackets that nobody closes', '['.repeat(500_000)),
  refused('200,000 values in one list', withRawSettings(`{"x":[${'1,'.repeat(200_000)}1]}`)),
  refused('two megabytes in one setting', withSettings({ x: 'y'.repeat(2_000_000) })),
  refused('a description of a megabyte', { ...goodFile, description: 'y'.repeat(900_000) }),
  refused('notes that are no notes', { ...goodFile, graph: { blocks: [begin], edges: [], notes: [{}] } }),
  refused('two notes with one id', {
    ...goodFile,
    graph: {
      ...{ blocks: [begin], edges: [] },
      notes: [1, 2].map(() => ({ id: 'note:a', text: '', position: { x: 0, y: 0 }, width: 100, height: 50 })),
    },
  }),
  refused('a group with the id of a block', {
    ...goodFile,
    graph: { blocks: [begin], edges: [], groups: [{ id: 'begin', title: '', members: [] }] },
  }),
  refused('an app that is not there', { ...goodFile, records: { kind: 'saas_users', app: 'Nowhere' } }),
  refused('an app that is the prototype', { ...goodFile, records: { kind: 'saas_users', app: '__proto__' } }),
  refused('records of no kind', { ...goodFile, records: { kind: 'everything' } }),
  refused('choices that are none', { ...goodFile, choices: { credential: 7 } }),
  refused('a chosen app that is not there', {
    ...goodFile,
    ...{ records: { kind: 'saas_users', app: 'X' }, choices: { app: 'app_none' } },
  }),

  drafts('a good file', goodFile),
  drafts('no block at all', withBlocks()),
  drafts('no Begin', withBlocks(end)),
  drafts('three Begins', withBlocks(begin, { ...begin, id: 'b2' }, { ...begin, id: 'b3' })),
  drafts('a block that leads to itself', withEdges({ ...edge, from: 'end', exit: 'next' })),
  drafts('a circle of two', withEdges(edge, { id: 'b', from: 'end', exit: 'next', to: 'begin' })),
  drafts('a circle of 300', {
    ...goodFile,
    graph: {
      blocks: Array.from({ length: 300 }, (_, i) => block({ id: `b${i}`, type: 'inactive-for' })),
      edges: Array.from({ length: 300 }, (_, i) => ({
        ...{ id: `e${i}`, from: `b${i}`, exit: 'inactive', to: `b${(i + 1) % 300}` },
      })),
    },
  }),
  drafts('2,000 edges between 60 blocks', {
    ...goodFile,
    graph: {
      blocks: Array.from({ length: 60 }, (_, i) => block({ id: `b${i}`, type: 'inactive-for' })),
      edges: Array.from({ length: 2000 }, (_, i) => ({
        ...{ id: `e${i}`, from: `b${i % 60}`, exit: 'inactive', to: `b${(i * 7 + 1) % 60}` },
      })),
    },
  }),
  drafts('a block type that nobody knows', withBlocks(begin, block({ type: 'teleport' }))),
  drafts('a block type of the prototype', withBlocks(begin, block({ type: '__proto__' }))),
  drafts('a block type that every object has', withBlocks(begin, block({ type: 'toString' }))),
  drafts('an exit of the prototype', withEdges({ ...edge, exit: '__proto__' })),
  drafts('settings of another block', withSettings({ days: 90, url: '/x' })),
  drafts('settings with a prototype', withRawSettings('{"__proto__":{"days":1}}')),
  drafts('settings with a constructor', withRawSettings('{"constructor":{"prototype":{"days":1}}}')),
  drafts('settings with a method of objects', withSettings({ hasOwnProperty: 1, toString: 2, valueOf: 3 })),
  drafts(
    'credentials by odd names',
    withSettings({ credentialId: 'toString', integrationId: 'hasOwnProperty' }),
  ),
  drafts(
    'an id of another instance',
    withSettings({ authorization: { mode: 'static', credentialId: 'crd_1' } }),
  ),
  ...blocks
    .map(({ type }) => type)
    .flatMap((type) => [
      drafts(
        `${type} with lists for everything`,
        withBlocks(
          begin,
          block({
            type,
            settings: { rules: [[]], schedule: [], url: [], condition: [], assignments: {}, headers: {} },
          }),
        ),
      ),
      drafts(
        `${type} with null for everything`,
        withBlocks(
          begin,
          block({
            type,
            settings: { rules: null, schedule: null, url: null, condition: null, days: null, title: null },
          }),
        ),
      ),
    ]),
  drafts(
    'a deep condition',
    withBlocks(
      begin,
      block({
        type: 'if',
        settings: {
          condition: Array.from({ length: 12 }).reduce<Json>((rules) => ({ match: 'all', rules: [rules] }), {
            match: 'all',
            rules: [],
          }),
        },
      }),
    ),
  ),
  drafts(
    'a schedule that never comes',
    withBlocks(
      { ...begin, settings: { trigger: 'schedule', schedule: { cron: '0 0 31 2 *', timeZone: 'Etc/UTC' } } },
      end,
    ),
  ),
  drafts(
    'a schedule that is no schedule',
    withBlocks(
      {
        ...begin,
        settings: { trigger: 'schedule', schedule: { cron: '* '.repeat(5000), timeZone: 'Mars/Olympus' } },
      },
      end,
    ),
  ),
  drafts(
    'a template without an end',
    withBlocks(
      begin,
      block({ type: 'inactive-for', settings: { lastActivity: '{{'.repeat(2000), days: 1 } }),
    ),
  ),
  ...scripts.flatMap((text) => [
    drafts(`a block named ${text}`, withBlocks(begin, block({ name: text }))),
    drafts(`a workflow named ${text}`, { ...goodFile, name: text, description: text }),
    drafts(
      `settings that say ${text}`,
      withBlocks(
        begin,
        block({ type: 'notify', settings: { title: text, message: text, when: 'each', level: 'info' } }),
      ),
    ),
  ]),
];
