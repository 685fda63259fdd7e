import { expect, it } from 'vitest';
import { press } from '../modes/press.ts';

// The fourth is followed by a kill -9.
it('after Stop no deletion leaves, reads go on, and the run goes on after the release', async () => {
  const { complaints, sentence } = await press(4);

  expect(complaints, sentence).toEqual([]);
});
