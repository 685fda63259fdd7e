import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { killMoments } from './moments.ts';
import { type Prepared, prepare, runRound } from './round.ts';

const people = 200;
const rounds = 20;

let prepared: Prepared;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-crash-'));
  prepared = await prepare(folder, people);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it(`survives kill -9 at ${rounds} moments of a run: nobody lost, nobody deleted twice, no run stuck`, async () => {
  for (const [n, calls] of killMoments(rounds, people).entries()) {
    const result = await runRound(prepared, n, calls);
    expect(result.violations, `killed after ${calls} calls`).toEqual([]);
  }
});
