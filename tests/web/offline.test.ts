import { MutationObserver, onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeQueryClient } from '../../web/api/query-client.ts';

beforeEach(() => onlineManager.setOnline(false));
afterEach(() => onlineManager.setOnline(true));

it('what is pressed without a connection fails at once, and is not sent when the connection is back', async () => {
  const sent: string[] = [];
  const press = new MutationObserver(makeQueryClient(), {
    mutationFn: async () => {
      sent.push(onlineManager.isOnline() ? 'later' : 'at once');
      throw new Error('The server did not answer.');
    },
  });

  void press.mutate().catch(() => {});
  await new Promise((resolve) => setImmediate(resolve));
  onlineManager.setOnline(true);
  await new Promise((resolve) => setImmediate(resolve));

  expect(sent).toEqual(['at once']);
  expect(press.getCurrentResult().status).toBe('error');
});

it('what is asked for without a connection is refused with a reason, and not waited for without a word', async () => {
  const asking = makeQueryClient().fetchQuery({
    queryKey: ['runs'],
    queryFn: () => Promise.reject(new Error('The server did not answer.')),
  });

  await expect(asking).rejects.toThrow('The server did not answer.');
});
