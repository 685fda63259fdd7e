import { describe, expect, test } from 'vitest';
import { checkGraph } from '#engine/check';
import { notifications } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, types, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded, untilRun } from '../support/until-run.ts';
import { waitingBlocks } from '../support/waiting-blocks.ts';

type Blocks = Parameters<typeof aGraph>[0];
type Block = Blocks[string];

const say = (message: string): Block => ['notify', { when: 'each', title: 'Said', message }];
const stop: Block = ['stop', { message: 'no' }];
const isAda = { match: 'all', rules: [{ field: 'display_name', operator: 'equals', value: 'ada' }] };

function worldWith(blocks: Blocks, edges: string[], names = ['ada', 'grace', 'linus']): World {
  const world = createWorld({ client: createScriptedClient(() => answer(200, {})), types: waitingBlocks });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, aGraph({ begin: ['begin'], ...blocks }, edges));
  return world;
}

const said = (world: World) =>
  world.database
    .select()
    .from(notifications)
    .all()
    .map(({ message }) => message);

describe('Collect for a run', () => {
  test('goes on once, when every record is done, wherever its path ended', async () => {
    const sum = say('{{run.total}}, {{run.failed}} failed');
    const world = worldWith({ is_ada: ['if', { condition: isAda }], stop, all: ['collect'], sum }, [
      'begin.next > is_ada',
      'is_ada.yes > all',
      'is_ada.no > stop',
      'all.done > sum',
    ]);

    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    await untilEnded(world, id);

    expect(said(world)).toEqual(['3, 2 failed']);
    const { steps } = await world.runner.recordSteps(id, 0);
    expect(steps.map(({ block, note }) => [block, note])).toEqual([
      ['begin', null],
      ['all', '3 records, 2 failed.'],
      ['sum', null],
    ]);
  });

  test('lets what stands behind it happen once, also what would happen at the end by itself', async () => {
    const end: Block = ['notify', { when: 'end', title: 'Said', message: 'the end' }];
    const world = worldWith({ all: ['collect'], first: say('first'), end }, [
      'begin.next > all',
      'all.done > first',
      'first.success > end',
    ]);

    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    await untilEnded(world, id);

    expect(said(world)).toEqual(['first', 'the end']);
  });

  test('waits for a record that waits, and goes on after a restart', async () => {
    const sum = say('{{run.succeeded}} done');
    const world = worldWith({ is_ada: ['if', { condition: isAda }], look: ['hold'], all: ['collect'], sum }, [
      'begin.next > is_ada',
      'is_ada.yes > look',
      'is_ada.no > all',
      'look.next > all',
      'all.done > sum',
    ]);
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    await untilRun(world, id, 'waiting');
    expect(said(world)).toEqual([]);

    const next = world.restart();
    await next.runner.resume();
    await next.runner.release(id, 'look');
    await untilEnded(next, id);

    expect(said(next)).toEqual(['3 done']);
  });

  test('has no record behind it, so nothing there may read one', () => {
    const context = {
      vendors: { find: () => undefined, list: () => [] },
      fields: [],
      records: { kind: 'people' } as const,
      credentials: [],
      integrations: [{ id: 'int_1', name: 'Webex', status: 'active' }],
    };
    const load: Block = ['user-load', { integrationId: 'int_1' }];
    const graph = aGraph({ begin: ['begin'], stop, all: ['collect'], load, sum: say('{{email}}') }, [
      'begin.next > stop',
      'begin.next > all',
      'all.done > load',
      'load.success > sum',
    ]);

    const found = checkGraph(graph, types, context).map(({ block, message }) => `${block}: ${message}`);
    expect(found).toEqual([
      expect.stringMatching(/^sum: This block happens once for the run, behind Collect/),
    ]);
  });
});

describe('Collect for a record', () => {
  const join: Block = ['collect', { of: 'record' }];

  async function saidBy(blocks: Blocks, edges: string[]): Promise<{ status: string; messages: string[] }> {
    const world = worldWith({ join, ...blocks }, edges, ['ada']);
    world.database.$client.prepare(`UPDATE people SET fields = '{"api_response":["a","b"]}'`).run();
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    const { status } = await untilEnded(world, id);
    return { status, messages: said(world) };
  }

  test('goes on once when all of its paths have come', async () => {
    const { messages } = await saidBy(
      { one: say('one'), two: say('two'), more: say('more'), after: say('after') },
      [
        'begin.next > one',
        'begin.next > two',
        'two.success > more',
        'one.success > join',
        'more.success > join',
        'join.done > after',
      ],
    );

    expect(messages).toEqual(['one', 'two', 'more', 'after']);
  });

  test('does not wait for a path that cannot come any more, nor for a join behind it', async () => {
    const { status, messages } = await saidBy({ one: say('one'), stop, outer: join, after: say('after') }, [
      'begin.next > outer',
      'begin.next > one',
      'begin.next > stop',
      'one.success > join',
      'join.done > outer',
      'outer.done > after',
    ]);

    expect(status).toBe('failed');
    expect(messages).toEqual(['one', 'after']);
  });

  test('joins the paths of one turn in a loop', async () => {
    const each: Block = ['for-each', { list: '{{api_response}}', as: 'letter' }];
    const { messages } = await saidBy(
      { each, one: say('one {{letter}}'), two: say('two {{letter}}'), after: say('after {{letter}}') },
      [
        'begin.next > each',
        'each.each > one',
        'each.each > two',
        'one.success > join',
        'two.success > join',
        'join.done > after',
      ],
    );

    expect(messages).toEqual(['one a', 'two a', 'after a', 'one b', 'two b', 'after b']);
  });
});
