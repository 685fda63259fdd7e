import { describe, expect, test } from 'vitest';
import type { Role } from '#domain/rights';
import { type Bar, barOf, freshRoleMs, type Hand, mayActAlone, secondPersons } from '#domain/second-person';

const now = Date.parse('2026-11-21T09:00:00Z');
const day = 24 * 60 * 60_000;

const hand = (id: string, role: Role = 'admin', grantedBy: string | null = null, days = 0): Hand => ({
  ...{ id, role, grantedBy },
  grantedAt: now - days * day,
});
const asked = (requestedBy: string, ...authors: string[]) => ({ requestedBy, authors });

const ada = hand('ada', 'owner');
const grace = hand('grace', 'approver', 'ada', 30);

describe('who may agree', () => {
  test.each<[string, Bar | null, Hand, ReturnType<typeof asked>, Hand[]]>([
    ['somebody else', null, grace, asked('ada'), [ada, grace]],
    ['whoever asked', 'requester', ada, asked('ada'), [ada, grace]],
    ['an author of it', 'author', grace, asked('ada', 'grace'), [ada, grace]],
    ['a role without the right', 'no_right', hand('linus', 'author'), asked('ada'), [ada]],
    [
      'an account that the requester has just made',
      'fresh',
      hand('b', 'admin', 'ada', 6),
      asked('ada'),
      [ada],
    ],
    ['the same account after a week', null, hand('b', 'admin', 'ada', 7), asked('ada'), [ada]],
    ['whoever has just made the requester', 'fresh', ada, asked('b'), [ada, hand('b', 'admin', 'ada', 1)]],
    [
      'a sister account of the requester',
      'fresh',
      hand('c', 'admin', 'ada', 1),
      asked('b'),
      [ada, hand('b', 'admin', 'ada', 1), hand('c', 'admin', 'ada', 1)],
    ],
    [
      'an account that another fresh one has made',
      'fresh',
      hand('c', 'admin', 'b', 1),
      asked('ada'),
      [ada, hand('b', 'admin', 'ada', 1), hand('c', 'admin', 'b', 1)],
    ],
    [
      'two who gave each other a role',
      'fresh',
      hand('c', 'admin', 'b', 1),
      asked('b'),
      [hand('b', 'admin', 'c', 1), hand('c', 'admin', 'b', 1)],
    ],
    ['an account of a hand that is gone', 'fresh', hand('c', 'admin', 'gone', 1), asked('gone'), []],
    ['an account from the console', 'fresh', hand('c', 'admin', 'console', 1), asked('ada'), [ada]],
    ['the same a week later', null, hand('c', 'admin', 'console', 8), asked('ada'), [ada]],
    ['a role from a time to come', 'fresh', hand('c', 'admin', 'ada', -400), asked('ada'), [ada]],
    ['somebody, when a schedule asks', null, grace, asked('Schedule', 'ada'), [ada, grace]],
  ])('%s: %s', (_name, bar, decider, request, others) => {
    const hands = others.some(({ id }) => id === decider.id) ? others : [...others, decider];

    expect(barOf(decider, request, hands, now)).toBe(bar);
  });

  test('a fresh account from the console bars nobody else', () => {
    const hands = [ada, grace, hand('c', 'admin', 'console', 1)];

    expect(secondPersons(asked('ada'), hands, now)).toEqual([grace]);
  });

  test('alone acts only who holds the role for longer than a week', () => {
    expect(mayActAlone(ada, now)).toBe(true);
    expect(mayActAlone(hand('b', 'admin', 'ada', 3), now)).toBe(false);
    expect(mayActAlone(hand('b', 'admin', 'ada', 3), now + freshRoleMs)).toBe(true);
    expect(mayActAlone(hand('b', 'author'), now)).toBe(false);
  });
});
