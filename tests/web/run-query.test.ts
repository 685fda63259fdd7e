import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunDetails, ServerMessage } from '#contract';
import { noRecords } from '#domain/run';
import { runQuery, takeRunNews } from '../../web/api/run-query.ts';

const detailsAt = (seq: number): RunDetails => ({
  run: {
    ...{ id: 'run_1', mode: 'run', workflowId: 'wf_1', workflowName: 'Clean-up', versionId: 'ver_1' },
    ...{ versionNumber: 1, status: 'running', startedBy: 'Ada', startedAt: '2026-11-21T12:00:00.000Z' },
    ...{ finishedAt: null, isCancelling: false, error: null, planId: null, approvalId: null, origin: null },
    counts: { ...noRecords, total: seq, succeeded: seq },
  },
  ...{ graph: { blocks: [], edges: [] }, blocks: {}, isInLine: false, waitsFor: [], waits: [], reruns: [] },
  ...{ family: { parent: null, started: [] }, globals: {}, seq },
});

const messageAt = (seq: number): ServerMessage => {
  const { graph: _graph, ...news } = detailsAt(seq);
  return { kind: 'run', topic: 'run:run_1', n: seq, ...news };
};

/** The page of a run whose questions are answered when the test says so. */
function openPage() {
  const answers: ((details: RunDetails) => void)[] = [];
  vi.stubGlobal('fetch', () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    answers.push((details) => resolve(Response.json(details)));
    return promise;
  });
  const client = new QueryClient();
  const observer = new QueryObserver(client, runQuery(client, 'run_1'));
  const end = observer.subscribe(() => {});
  return { client, observer, answers, end };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

afterEach(() => vi.unstubAllGlobals());

test('news that came before the first answer are not lost to it', async () => {
  const { client, observer, answers, end } = openPage();
  takeRunNews(client, 'run_1', messageAt(10));

  answers[0]?.(detailsAt(9));
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBeDefined());

  expect(observer.getCurrentResult().data).toMatchObject({ seq: 10, run: { counts: { succeeded: 10 } } });
  end();
});

test('neither an old answer nor an old message takes the place of something newer', async () => {
  const { client, observer, answers, end } = openPage();
  answers[0]?.(detailsAt(3));
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.seq).toBe(3));
  void client.invalidateQueries({ queryKey: ['runs', 'run_1'] });
  await turn();
  takeRunNews(client, 'run_1', messageAt(5));
  answers[1]?.(detailsAt(4));
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));

  takeRunNews(client, 'run_1', messageAt(2));

  expect(observer.getCurrentResult().data?.seq).toBe(5);
  end();
});
