import { expect, test } from 'vitest';
import { inactiveFor } from '#blocks/inactive-for';
import { toPrepareContext } from '#engine/prepare';

const now = Date.parse('2026-11-21T09:00:00Z');
const noSubject = { person: null, saasUser: null };

function exitFor(lastActivity: unknown): string {
  const vendors = { find: () => undefined, list: () => [] };
  const { context } = toPrepareContext('b', { vendors, fields: [], records: { kind: 'people' } });
  const decide = inactiveFor.prepare({ lastActivity: '{{last_activity}}', days: 90 }, context);
  const variables = { last_activity: lastActivity };
  const decision = decide({ now, waitingSince: null, subject: noSubject, names: new Map(), variables });
  return decision.kind === 'done' ? decision.exit : decision.kind;
}

test.each<[unknown, string]>([
  ['2026-11-20T09:00:00Z', 'active'],
  ['2026-08-20', 'inactive'],
  ['1999-12-31', 'inactive'],
  // What vendors write for "never".
  ['1970-01-01', 'unknown'],
  ['1970-01-01T00:00:00.000Z', 'unknown'],
  ['0001-01-01T00:00:00Z', 'unknown'],
  ['1900-01-01', 'unknown'],
  ['2027-01-01', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
  [0, 'unknown'],
  ['never', 'unknown'],
])('somebody last seen at %j is %s', (lastActivity, exit) => {
  expect(exitFor(lastActivity)).toBe(exit);
});
