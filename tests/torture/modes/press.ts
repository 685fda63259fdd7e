import type { Run } from '#contract';
import { createInstance, type Instance, personId } from '../../bench/instance.ts';
import type { LedgerCall } from '../../bench/ledger-calls.ts';
import { type ApiClient, createApiClient } from '../../support/api-client.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';

/** Of each press; every second one is inactive, and is deleted. */
const peopleAtOnce = 400;
const inFlight = 64;
const latencyMs = 20;
const longestMs = 2_000;
/** A press comes after at most so many deletions, so that many are still to come. */
const mostBefore = 60;
/** Every so many presses the server is killed right after its answer. */
const killEvery = 4;

interface Press {
  /** The last deletion reached the vendor so long after the answer; negative when it was before it. */
  lastMs: number;
  /** Deletions that reached the vendor after the answer. */
  late: number;
  readsAfter: number;
  found: string[];
}

/**
 * S9: presses Stop while a run of the built server deletes at full speed, for all, for the vendor and for the workflow in
 * turn, and holds the time of the answer against the vendor's own ledger. The rest of the run reads on and then waits;
 * after the release every inactive person is deleted once.
 */
export async function press(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const vendor: [string, string] = ['tests/bench/ledger-vendor.ts', JSON.stringify({ latencyMs })];
  const instance = await createInstance(rounds * peopleAtOnce, inFlight, vendor);
  const found: string[] = [];
  const presses: Press[] = [];
  try {
    for (let n = 0; n < rounds; n += 1) {
      const result = await pressOnce(instance, n);
      presses.push(result);
      found.push(...result.found.map((each) => `press ${n + 1}: ${each}`));
      if ((n + 1) % 10 === 0) tell(`${n + 1} of ${rounds} presses`);
    }
  } finally {
    await instance.close();
  }
  const last = Math.max(...presses.map(({ lastMs }) => lastMs));
  const late = presses.reduce((sum, each) => sum + each.late, 0);
  const reads = presses.reduce((sum, each) => sum + each.readsAfter, 0);
  const killed = Math.floor(rounds / killEvery);
  const sentence = `${rounds} presses while a run deleted, ${killed} of them with a kill -9 right after the answer: the last deletion reached the vendor ${last} ms after the answer, ${late} of them after it in all; ${reads} reads went on; ${found.length} broken promises`;
  return toFigure('S9', sentence, found);
}

async function pressOnce(instance: Instance, n: number): Promise<Press> {
  const { workflowId } = instance;
  let api = apiOf(instance);
  const { count: from } = await ask<{ count: number }>(instance, '_count');
  const ids = Array.from({ length: peopleAtOnce }, (_, i) => personId(n * peopleAtOnce + i));
  const { id } = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, { recordIds: ids });
  const wanted = 1 + ((n * 17) % mostBefore);
  while (deletions(await ledger(instance, from)).length < wanted) await turn();

  const scope = [{ kind: 'all' }, { kind: 'vendor', id: 'webex' }, { kind: 'workflow', id: workflowId }][
    n % 3
  ];
  await api.send('POST', '/safety/stops', { scope, reason: 'Wrong people' });
  const answeredAt = Date.now();
  let startedAt: number | undefined;
  if (n % killEvery === killEvery - 1) {
    await instance.server.kill();
    startedAt = Date.now();
    await instance.restart();
    api = apiOf(instance);
  }
  const held = await rest(api, id);
  const during = await ledger(instance, from);

  const place = scope?.id === undefined ? 'all' : `${scope.kind}:${scope.id}`;
  await api.send('DELETE', `/safety/stops/${place}?reason=Looked%20at`, undefined);
  const done = await ended(api, id);
  const all = await ledger(instance, from);
  return judge({ answeredAt, startedAt, held, during, done, all });
}

interface Seen {
  answeredAt: number;
  /** When the server was started again; undefined where it was not killed. */
  startedAt: number | undefined;
  held: Run;
  during: readonly LedgerCall[];
  done: Run;
  all: readonly LedgerCall[];
}

function judge({ answeredAt, startedAt, held, during, done, all }: Seen): Press {
  const found: string[] = [];
  const times = deletions(during).map(({ at }) => at - answeredAt);
  const lastMs = Math.max(...times);
  const readsAfter = during.filter(({ method, at }) => method === 'GET' && at > answeredAt).length;
  if (lastMs > longestMs) found.push(`A deletion reached the vendor ${lastMs} ms after the answer.`);
  if (held.status !== 'waiting') found.push(`The run was ${held.status}, and should wait.`);
  const readers = new Set(during.filter(({ method }) => method === 'GET').map(({ person }) => person)).size;
  if (readers !== peopleAtOnce) found.push(`Only ${readers} of ${peopleAtOnce} were read while it held.`);
  const afterStart = deletions(during).filter(({ at }) => startedAt !== undefined && at >= startedAt).length;
  if (afterStart > 0) found.push(`${afterStart} deletions left after the next start.`);

  if (done.status !== 'succeeded') found.push(`After the release the run ended as ${done.status}.`);
  const performed = all.filter(({ isPerformed }) => isPerformed).map(({ person }) => person);
  const people = new Set(performed).size;
  if (people !== peopleAtOnce / 2) found.push(`${people} of ${peopleAtOnce / 2} were deleted in the end.`);
  if (people !== performed.length) found.push('Somebody was deleted twice.');
  return { lastMs, late: times.filter((ms) => ms > 0).length, readsAfter, found };
}

const apiOf = ({ server, token }: Instance): ApiClient => createApiClient(server.url, token);

async function ask<T>({ vendorOrigin }: Instance, path: string): Promise<T> {
  return (await (await fetch(`${vendorOrigin}/${path}`)).json()) as T;
}

async function ledger(instance: Instance, from: number): Promise<LedgerCall[]> {
  return (await ask<{ calls: LedgerCall[] }>(instance, `_ledger?after=${from}`)).calls;
}

const deletions = (calls: readonly LedgerCall[]) => calls.filter(({ method }) => method === 'DELETE');

/** Gives the processes that are watched the time that watching costs. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** The run as it is once nobody works on it: nothing more of it can leave. */
const rest = (api: ApiClient, id: string) => waitUntil(api, id, ({ status }) => status !== 'running');

const ended = (api: ApiClient, id: string) => waitUntil(api, id, ({ finishedAt }) => finishedAt !== null);

const patienceMs = 60_000;

async function waitUntil(api: ApiClient, id: string, isSo: (run: Run) => boolean): Promise<Run> {
  for (const startedAt = Date.now(); ; await turn()) {
    const { run } = await api.get<{ run: Run }>(`/runs/${id}`);
    if (isSo(run) || Date.now() - startedAt > patienceMs) return run;
  }
}
