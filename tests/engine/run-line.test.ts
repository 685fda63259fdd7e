import { describe, expect, it } from 'vitest';
import type { RunLane } from '#domain/run';
import { createRunLine } from '#engine/run-line';

const run = (id: string, workflowId: string, lane: RunLane = 'event') => ({ id, workflowId, lane });

describe('the line of runs', () => {
  it('lets so many runs of a workflow in, and the next one when one of them leaves', () => {
    const line = createRunLine({ ofWorkflow: 2, inAll: 10 });

    expect(['a', 'b', 'c', 'd'].map((id) => line.enter(run(id, 'wf_1')))).toEqual([true, true, false, false]);
    expect(line.next()).toBeUndefined();
    line.leave(run('a', 'wf_1'));
    expect(line.next()?.id).toBe('c');
    expect(line.next()).toBeUndefined();
    expect([line.has(run('c', 'wf_1')), line.has(run('d', 'wf_1'))]).toEqual([false, true]);
  });

  it('takes what is more urgent first, and the workflows of a lane in turn', () => {
    const line = createRunLine({ ofWorkflow: 10, inAll: 1 });
    line.enter(run('first', 'wf_0'));
    for (const id of ['a1', 'a2', 'a3']) line.enter(run(id, 'wf_a', 'schedule'));
    line.enter(run('b1', 'wf_b', 'schedule'));
    line.enter(run('event', 'wf_c', 'event'));

    const order: string[] = [];
    for (let last = run('first', 'wf_0'); ; ) {
      line.leave(last);
      const next = line.next();
      if (!next) break;
      order.push(next.id);
      last = next;
    }

    expect(order).toEqual(['event', 'a1', 'b1', 'a2', 'a3']);
  });

  it('holds nobody at a screen up because other workflows have taken all places', () => {
    const line = createRunLine({ ofWorkflow: 2, inAll: 2 });
    for (const id of ['a', 'b', 'c']) line.enter(run(id, 'wf_1', 'event'));

    expect(line.enter(run('mine', 'wf_2', 'manual'))).toBe(true);
    expect(line.enter(run('too', 'wf_1', 'manual'))).toBe(false);
  });

  it('counts a run once that comes twice, and lets one that is cancelled pass', () => {
    const line = createRunLine({ ofWorkflow: 1, inAll: 10 });
    line.enter(run('a', 'wf_1'));
    line.enter(run('b', 'wf_1'));
    line.enter(run('b', 'wf_1'));

    line.goFirst(run('b', 'wf_1'));
    line.leave(run('b', 'wf_1'));
    line.leave(run('a', 'wf_1'));

    expect(line.next()).toBeUndefined();
    expect(line.hasRoom(run('c', 'wf_1'))).toBe(true);
  });
});
