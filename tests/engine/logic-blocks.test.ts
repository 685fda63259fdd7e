import { describe, expect, test } from 'vitest';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';

const isAda = { match: 'all', rules: [{ field: 'display_name', operator: 'equals', value: 'ada' }] };

const graph = aGraph(
  {
    begin: ['begin'],
    which: ['switch', { cases: [{ id: 'case_1', label: 'Ada', condition: isAda }] }],
    name: ['set-variable', { variables: [{ name: 'greeting', value: 'Hello {{display_name}}' }] }],
    write: [
      'update-record',
      { assignments: [{ target: { kind: 'person', name: 'api_response' }, value: '{{greeting}}' }] },
    ],
    stop: ['stop', { message: '{{display_name}} is not Ada' }],
  },
  ['begin.next > which', 'which.case_1 > name', 'name.next > write', 'which.otherwise > stop'],
);

async function ran(): Promise<{ world: World; id: string }> {
  const world = createWorld({ client: createScriptedClient(() => answer(200, {})) });
  addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(world.database, graph);
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
  await untilEnded(world, id);
  return { world, id };
}

describe('a path through Switch, Set Variable and Stop', () => {
  test('carries a variable on, and counts by the names of the cases', async () => {
    const { world, id } = await ran();

    const { blocks } = await world.runner.details(id);
    expect(blocks.which?.exits).toEqual({ case_1: 1, otherwise: 1 });
    const { steps } = await world.runner.recordSteps(id, 1);
    expect(steps.find(({ block }) => block === 'write')?.changes).toMatchObject([
      { field: 'api_response', after: 'Hello ada' },
    ]);
  });

  test('marks the record that is stopped as failed, in the words of the workflow', async () => {
    const { world, id } = await ran();

    const { run } = await world.runner.details(id);
    expect(run).toMatchObject({ status: 'failed', counts: { succeeded: 1, failed: 1 } });
    const { record } = await world.runner.recordSteps(id, 2);
    expect(record).toMatchObject({ status: 'failed', error: 'stop: grace is not Ada' });
  });
});
