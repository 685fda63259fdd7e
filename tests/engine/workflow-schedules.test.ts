import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '#domain/errors';
import { openDatabase } from '../../server/store/database.ts';
import { addScheduled, createScheduleProcess, type ScheduleProcess } from '../support/schedule-world.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const atNoon = { schedule: { cron: '0 12 * * *', timeZone: 'Europe/Berlin' } };
/** 12:00 in Berlin. */
const noon = Date.parse('2026-11-21T11:00:00Z');

async function round(process: ScheduleProcess, at: number): Promise<void> {
  process.clock.set(at);
  await process.schedules.startDue();
  for (const { id } of process.runs()) await process.runner.waitFor(id, 0);
}

async function scheduled(...args: Parameters<typeof addScheduled> extends [unknown, ...infer R] ? R : never) {
  const process = createScheduleProcess(now);
  addScheduled(process, ...args);
  await process.schedules.startDue();
  return process;
}

describe('a workflow with a schedule', () => {
  it('starts at its time and not before, once', async () => {
    const process = await scheduled(atNoon);
    expect(process.nextAt()).toBe('2026-11-21T11:00:00.000Z');

    await round(process, noon - 1);
    expect(process.runs()).toEqual([]);
    await round(process, noon);
    await round(process, noon + minuteMs);

    expect(process.runs()).toMatchObject([{ started_by: 'Schedule', status: 'succeeded' }]);
    expect(process.slots()).toMatchObject([{ slot: '2026-11-21T12:00', status: 'started' }]);
    expect(process.nextAt()).toBe('2026-11-22T11:00:00.000Z');
    expect(process.notes()).toEqual([]);
  });

  it('starts no more when it is deactivated, and anew from then on when it is active again', async () => {
    const process = await scheduled(atNoon);
    const activate = (version: string | null) =>
      process.database.$client.prepare('UPDATE workflows SET active_version_id = ?').run(version);

    activate(null);
    await round(process, noon + hourMs);
    expect(process.runs()).toEqual([]);
    expect(process.nextAt()).toBeNull();

    activate('ver_1');
    await round(process, noon + 2 * hourMs);
    expect(process.runs()).toEqual([]);
    expect(process.nextAt()).toBe('2026-11-22T11:00:00.000Z');
  });

  it('does not start twice at a time that it has started at, however often it is launched', async () => {
    const process = await scheduled(atNoon);
    await round(process, noon);
    process.database.$client.exec(`UPDATE workflow_schedules SET next_at = ${noon}`);

    await round(process, noon + minuteMs);

    expect(process.runs()).toHaveLength(1);
    expect(process.nextAt()).toBe('2026-11-22T11:00:00.000Z');
    expect(process.reports).toEqual([]);
  });

  it('is started once by two processes that see the same time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-schedules-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'rollcall.db');
    const one = createScheduleProcess(now, openDatabase(file));
    addScheduled(one, atNoon);
    await one.schedules.startDue();
    const two = createScheduleProcess(now, openDatabase(file));

    one.clock.set(noon);
    two.clock.set(noon);
    await Promise.all([one.schedules.startDue(), two.schedules.startDue()]);

    expect(one.runs()).toHaveLength(1);
    expect([...one.reports, ...two.reports]).toEqual([]);
    for (const { database } of [one, two]) database.$client.close();
  });

  it('leaves nothing behind when the start cannot be written, and starts later', async () => {
    const process = await scheduled(atNoon);
    process.database.$client.exec(
      "CREATE TRIGGER full BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    await round(process, noon);
    expect(process.slots()).toEqual([]);
    expect(process.reports).toHaveLength(1);

    process.database.$client.exec('DROP TRIGGER full');
    await round(process, noon + 2 * minuteMs);

    expect(process.runs()).toHaveLength(1);
    expect(process.slots()).toMatchObject([{ slot: '2026-11-21T12:00', status: 'started' }]);
  });
});

describe('a start that was missed', () => {
  it.each(['nothing', 'delete'] as const)('is made within its grace time (does: %s)', async (does) => {
    const process = await scheduled(atNoon, does);

    await round(process, noon + hourMs);

    expect(process.slots()).toMatchObject([{ slot: '2026-11-21T12:00', status: 'started' }]);
  });

  it('is made up for once when it takes nothing from anybody, however many there were', async () => {
    const process = await scheduled(atNoon);

    await round(process, noon + 75 * hourMs);

    expect(process.runs()).toHaveLength(1);
    expect(process.nextAt()).toBe('2026-11-25T11:00:00.000Z');
  });

  it('waits for the next time where the workflow says so, and tells', async () => {
    const process = await scheduled({ ...atNoon, late: 'skip' });

    await round(process, noon + 2 * hourMs);

    expect(process.runs()).toEqual([]);
    expect(process.slots()).toMatchObject([{ status: 'skipped' }]);
    expect(process.notes()).toMatchObject([{ title: 'Clean-up did not start' }]);
  });

  it('of several is the newest one, when that is within its grace time', async () => {
    const process = await scheduled(atNoon, 'delete');

    await round(process, noon + 48 * hourMs + 10 * minuteMs);

    expect(process.slots()).toMatchObject([{ slot: '2026-11-23T12:00', status: 'started' }]);
  });

  it('never starts by itself when the workflow deletes: a person is asked (R10)', async () => {
    const process = await scheduled(atNoon, 'delete');

    await round(process, noon + hourMs + minuteMs);
    await round(process, noon + 5 * hourMs);

    expect(process.runs()).toEqual([]);
    expect(process.client.calls).toEqual([]);
    expect(await process.schedules.list()).toMatchObject([
      { workflowName: 'Clean-up', dueAt: '2026-11-21T11:00:00.000Z' },
    ]);
    expect(process.notes()).toMatchObject([
      { title: 'Clean-up did not start', message: expect.stringContaining('Start it now, or skip it.') },
    ]);
    expect(process.told).toContain('notifications');
  });

  it('is started by a person, once', async () => {
    const process = await scheduled(atNoon, 'delete');
    await round(process, noon + 2 * hourMs);
    const [missed] = await process.schedules.list();

    const runId = await process.schedules.decide(missed!.id, 'start', 'Ada');

    expect(process.runs()).toMatchObject([{ id: runId, started_by: 'Ada' }]);
    expect(process.slots()).toMatchObject([{ status: 'started', run_id: runId }]);
    expect(await process.schedules.list()).toEqual([]);
    await expect(process.schedules.decide(missed!.id, 'start', 'Grace')).rejects.toThrow(AppError);
    await expect(process.schedules.decide(missed!.id, 'skip', 'Grace')).rejects.toThrow(AppError);
    expect(process.runs()).toHaveLength(1);
  });

  it('is skipped by a person', async () => {
    const process = await scheduled(atNoon, 'delete');
    await round(process, noon + 2 * hourMs);
    const [missed] = await process.schedules.list();

    expect(await process.schedules.decide(missed!.id, 'skip', 'Ada')).toBeNull();

    expect(await process.schedules.list()).toEqual([]);
    expect(process.runs()).toEqual([]);
  });
});

describe('a start while an earlier one goes on', () => {
  const tomorrow = noon + 24 * hourMs;

  it('is left out, and tells', async () => {
    const process = await scheduled(atNoon, 'hold');
    await round(process, noon);

    await round(process, tomorrow);

    expect(process.runs()).toHaveLength(1);
    expect(process.slots()).toMatchObject([{ status: 'started' }, { status: 'skipped' }]);
    expect(process.notes()).toMatchObject([{ title: 'Clean-up was left out' }]);
    expect(process.nextAt()).toBe('2026-11-23T11:00:00.000Z');
  });

  it('is made when all that is left of it waits for a time', async () => {
    const process = await scheduled(atNoon, 'pause');
    await round(process, noon);

    await round(process, tomorrow);

    expect(process.slots()).toMatchObject([{ status: 'started' }, { status: 'started' }]);
  });
});
