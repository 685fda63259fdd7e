import { expect, test } from 'vitest';
import { AppError } from '#domain/errors';
import { runAgent } from '../../server/agent/run-agent.ts';
import { createPost } from '../../server/agent/server-client.ts';
import { createTestClock } from '../support/test-clock.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

/** Runs an agent against these answers to its contacts, one after the other; the last one stops it. */
async function run(answers: (() => unknown)[]): Promise<string[]> {
  const lines: string[] = [];
  const controller = new AbortController();
  await runAgent(
    {
      async post() {
        const next = answers.shift();
        if (answers.length === 0) controller.abort();
        return next?.();
      },
      version: '1.0.0',
      credentials: async () => [],
      load: async () => undefined,
      answer: async () => undefined,
      clock: createTestClock(),
      say: (line) => void lines.push(line),
    },
    controller.signal,
  );
  return lines;
}

const idle = () => ({ version: '1.0.0', goesOn: false, work: null });
const away = () => {
  throw new AppError('vendor_unavailable', 'The server does not answer.');
};

test('an agent waits for a server that is away, and says so once', async () => {
  expect(await run([idle, away, away, idle, idle])).toEqual([
    'The server answers. Waiting for loads.',
    'The server does not answer. Trying again.',
    'The server answers. Waiting for loads.',
  ]);
});

test('an agent says when the server is of another version', async () => {
  const newer = () => ({ version: '2.0.0', goesOn: false, work: null });

  expect(await run([newer, newer])).toEqual([expect.stringContaining('The server is version 2.0.0')]);
});

test('an agent that the server knows no more ends', async () => {
  const unknown = () => {
    throw new AppError('unauthorized', 'Register it again.');
  };

  await expect(run([unknown, idle])).rejects.toThrow('Register it again.');
});

test('an agent tells its key to nobody but its server', async () => {
  const elsewhere = await startVendorServer((_seen, response) => sendJson(response, 200, {}));
  const server = await startVendorServer((_seen, response) =>
    sendJson(response, 307, {}, { location: `${elsewhere.url}/api/v1/agent/contact` }),
  );

  const contact = createPost(server.url, 'rck_planted')('/contact', {});

  await expect(contact).rejects.toThrow('does not answer');
  expect(elsewhere.seen).toEqual([]);
});
