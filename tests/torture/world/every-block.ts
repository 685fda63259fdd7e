import { openDatabase } from '../../../server/store/database.ts';
import { operators } from '../../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph } from '../../support/engine-world.ts';
import { liftLimits } from '../../support/lift-limits.ts';
import { addSecondWorkflow } from '../../support/second-workflow.ts';

const people = { kind: 'people' } as const;
const message = (title: string, when = 'each'): [string, Record<string, unknown>] => [
  'notify',
  { channel: 'webhook', credentialId: 'crd_hook', when, title, message: '' },
];
const isFirst = { match: 'all', rules: [{ field: 'first_name', operator: 'equals', value: 'p0' }] };

/** What waits, splits, repeats, asks, starts and collects, with a message wherever something is to happen once. */
const graph = aGraph(
  {
    begin: ['begin'],
    ask: ['approval', { operatorIds: ['opr_1'], roles: [] }],
    each: ['for-each', { over: 'accounts' }],
    which: ['switch', { cases: [{ id: 'case_first', label: 'First', condition: isFirst }] }],
    first: message('{{first_name}} is first'),
    start: ['run-workflow', { workflowId: 'wf_2' }],
    after: message('{{first_name}} came back'),
    all: ['collect'],
    sum: message('{{run.total}} done'),
  },
  [
    'begin.next > ask',
    'ask.approved > each',
    'each.each > which',
    'which.case_first > first',
    'which.otherwise > start',
    'first.success > start',
    'start.success > after',
    'each.done > all',
    'all.done > sum',
  ],
);

const second = aGraph({ begin: ['begin'], told: message('{{first_name}} was told') }, ['begin.next > told']);

/** A database file with so many people and both workflows launched. */
export function prepareEveryBlock(file: string, count: number): void {
  const database = openDatabase(file);
  addAccounts(
    database,
    Array.from({ length: count }, (_, n) => ({ name: `p${n}` })),
  );
  addWorkflow(database, graph, people);
  addSecondWorkflow(database, second, people);
  const operator = { id: 'opr_1', name: 'Ada', email: 'ada@acme.test', role: 'approver' };
  database
    .insert(operators)
    .values({ ...operator, passwordHash: '', createdAt: 0 })
    .run();
  liftLimits(database);
  database.$client.close();
}

/** Every message that is to be sent, once each. */
export const everyMessage = (count: number): string[] => [
  '*p0 is first*',
  ...Array.from({ length: count }, (_, n) => [`*p${n} was told*`, `*p${n} came back*`]).flat(),
  `*${count} done*`,
];
