import { expect, test } from 'vitest';
import { defaultGuardContent, holdNow, stoppedAt } from '#domain/guard';

const webex = { kind: 'vendor', id: 'webex' } as const;
const at = Date.parse('2026-11-21T09:00:00Z');

test("Rollcall's own stop of a vendor holds its calls and those of no other vendor", () => {
  const content = stoppedAt(defaultGuardContent, webex, 'The list names nobody.', at);

  const held = holdNow(content, { vendorId: 'webex', workflowId: 'wf_1' }, at);
  expect(held).toMatchObject({ code: 'breaker', until: null });
  expect(held?.sentence).toContain('Rollcall stopped it: The list names nobody.');
  expect(holdNow(content, { vendorId: 'zoom', workflowId: 'wf_1' }, at)).toBeNull();
});

test('a stop that a person pressed at the same place stays theirs', () => {
  const pressed = { scope: webex, by: 'Ada', at: 1, reason: 'Wrong people' };
  const before = { ...defaultGuardContent, stops: [pressed] };

  const after = stoppedAt(before, webex, 'The list names nobody.', at);
  expect(after.stops).toEqual([
    { ...pressed, again: [{ by: 'breaker', at, reason: 'The list names nobody.' }] },
  ]);
  expect(stoppedAt(after, webex, 'The list names nobody.', at + 1)).toBe(after);
});
