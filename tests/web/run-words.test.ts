import { describe, expect, test } from 'vitest';
import { noRecords } from '#domain/run';
import { pathOf, placeWords, progressWords, stateOfBlock, waitWords } from '../../web/pages/run/run-words.ts';

describe('a run in words', () => {
  test('counts what is done, and what went wrong', () => {
    const counts = {
      ...noRecords,
      total: 1000,
      queued: 375,
      running: 13,
      succeeded: 522,
      failed: 87,
      needs_attention: 3,
    };

    expect(progressWords({ status: 'running', counts }).replaceAll('\u202f', ' ')).toBe(
      '612 of 1 000 done · 87 failed · 3 in need of attention · 13 running',
    );
  });

  test('does not count as done what was cancelled', () => {
    const counts = { ...noRecords, total: 5, succeeded: 2, cancelled: 3 };

    expect(progressWords({ status: 'cancelled', counts })).toBe('2 of 5 done · 3 cancelled');
  });

  test('says that records are being chosen, or that there were none', () => {
    expect(progressWords({ status: 'running', counts: noRecords })).toBe('Choosing records…');
    expect(progressWords({ status: 'succeeded', counts: noRecords })).toBe('No record matched');
    expect(progressWords({ status: 'cancelled', counts: noRecords })).toBe(
      'Cancelled before any record was chosen',
    );
    expect(progressWords({ status: 'failed', counts: noRecords })).toBe(
      'It stopped before any record was chosen',
    );
  });

  test('knows a block that works, one that is done and one that was never reached', () => {
    expect(stateOfBlock({ active: 2, waiting: 0, exits: {}, needsAttention: 0 })).toBe('running');
    expect(stateOfBlock({ active: 0, waiting: 0, exits: { success: 3 }, needsAttention: 0 })).toBe('done');
    expect(stateOfBlock({ active: 0, waiting: 2, exits: {}, needsAttention: 0 })).toBe('done');
    expect(stateOfBlock({ active: 0, waiting: 0, exits: {}, needsAttention: 0 })).toBe('untouched');
    expect(stateOfBlock(undefined)).toBe('untouched');
  });

  test('says how many records wait, why, and until when', () => {
    const wait = {
      count: 3,
      until: null,
      held: { code: 'limit', sentence: 'The limit of today is reached.' },
    };
    const year = new Date().getFullYear() + 1;
    const until = new Date(year, 4, 5, 8).toISOString();

    expect(waitWords(wait)).toBe('3 records held: The limit of today is reached.');
    expect(waitWords({ count: 1, until, held: null })).toBe(`1 record waits until 5 May ${year}, 08:00:00`);
    expect(
      progressWords({ status: 'waiting', counts: { ...noRecords, total: 4, succeeded: 1, waiting: 3 } }),
    ).toBe('1 of 4 done · 3 waiting');
  });

  test('names the last place of a record, and its way', () => {
    const record = {
      path: [
        { block: 'look_up', exit: 'found' },
        { block: 'delete_user', exit: 'failure' },
      ],
    };
    const exitOf = (_: string, id: string) => ({ id, label: 'Failure', tone: 'failure' as const });

    expect(placeWords(record, () => 'Delete user', exitOf)).toBe('Delete user, Failure');
    expect([...pathOf(record).exits]).toEqual(['look_up.found', 'delete_user.failure']);
  });
});
