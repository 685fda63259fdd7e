import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../server/sandbox/ledger.ts';
import { checkBefore, type StepEvidence } from './world/check-before.ts';

const readAt = 1_000_000;
const ada = { n: 1, id: 'wx-ada', email: 'ada@acme.test' };

interface Case {
  look: LedgerEntry;
  call: LedgerEntry;
  effect: { limitKind: string; target: { id: string; readAt: number; readStep: number | null } | null };
  step: StepEvidence;
  state: { outcome: string; body: unknown };
}

/** A look and a deletion as they should be, and then something about them is falsified; `earlier` was made before it. */
function judge(falsify: (parts: Case) => void = () => {}, earlier: StepEvidence[] = []): string[] {
  const entry = { personId: ada.id, path: '/v1/people/wx-ada', tokenId: null };
  const look = { ...entry, sequence: 1, timeMs: readAt, method: 'GET', status: 200, performed: 200 };
  const call = {
    ...entry,
    sequence: 2,
    timeMs: readAt + 60_000,
    method: 'DELETE',
    status: 204,
    performed: 204,
  };
  const request = JSON.stringify({ method: 'DELETE', url: '/people/wx-ada' });
  const parts: Case = {
    look,
    call,
    effect: { limitKind: 'delete', target: { id: ada.id, readAt, readStep: null } },
    step: { recordN: 1, n: 2, request, answer: null, effect: null, before: null },
    state: { outcome: 'ok', body: { id: 'wx-ada' } },
  };
  falsify(parts);
  const { step, effect, state } = parts;
  const kept = { ...step, effect: JSON.stringify(effect), before: JSON.stringify(state) };
  return checkBefore([parts.look, parts.call], [...earlier, kept], [ada]).found;
}

test('a look at the same account a minute before, whose answer is kept, is as it should be', () => {
  expect(judge()).toEqual([]);
});

test('a refused call changes nobody, so the look before the next attempt may take the place of its own', () => {
  const later = ({ call, effect }: Case) => {
    effect.target!.readAt = call.timeMs + 25_000;
  };

  expect(judge(later).join()).toMatch(/read -25000 ms before/);
  const refused = (parts: Case) => {
    parts.call.performed = null;
    later(parts);
  };
  expect(judge(refused)).toEqual([]);
});

test('an earlier step with the same request is no evidence, neither for nor against it', () => {
  const target = { id: ada.id, readAt: readAt - 60_000, readStep: null };
  const request = JSON.stringify({ method: 'DELETE', url: '/people/wx-ada' });
  const effect = JSON.stringify({ limitKind: 'disable', target });
  const before = JSON.stringify({ outcome: 'ok', body: { id: ada.id } });
  const earlier = { recordN: 1, n: 1, request, answer: null, effect, before };

  expect(judge(() => {}, [earlier])).toEqual([]);
  expect(judge(({ state }) => (state.outcome = 'forbidden'), [earlier]).join()).toMatch(/no state/);
});

test.each<[string, (parts: Case) => void, RegExp]>([
  ['a look at somebody else', ({ look }) => (look.path = '/v1/people/wx-grace'), /saw no look/],
  ['a look that failed', ({ look }) => (look.performed = 404), /saw no look/],
  ['a look that came later', ({ look }) => (look.sequence = 3), /saw no look/],
  ['a look that is older', ({ look }) => (look.timeMs -= 1), /saw no look/],
  [
    'a call about nobody in the run',
    ({ call }) => Object.assign(call, { path: '/v1/people/wx-ken', personId: 'wx-ken' }),
    /about nobody/,
  ],
  ['a call that is not on record', ({ step }) => (step.request = null), /no step of the journal/],
  ['a call on record without a target', ({ effect }) => (effect.target = null), /whom it was done to/],
  ['another target on record', ({ effect }) => (effect.target!.id = 'wx-ken'), /names wx-ken/],
  ['a state of another account', ({ state }) => (state.body = { id: 'wx-ken' }), /of another account/],
  ['a state that was not read', ({ state }) => (state.outcome = 'forbidden'), /no state/],
  ['a step that holds no state', ({ effect }) => (effect.target!.readStep = 1), /no state/],
  ['a state that is older', ({ effect }) => (effect.target!.readAt -= 1), /read 60001 ms before/],
])('the checker finds %s', (_, falsify, sentence) => {
  expect(judge(falsify).join('\n')).toMatch(sentence);
});
