import { expect, test } from 'vitest';
import { scim } from '../../presets/scim/scim.ts';
import { toLine } from '../../server/conformance/finding.ts';
import type { Trial } from '../../server/conformance/trial.ts';
import { tryVendor } from '../../server/conformance/try-vendor.ts';
import { fetchClient } from '../support/fetch-client.ts';
import { openScimServer, type ScimServer } from '../support/scim-server.ts';
import { createTestClock } from '../support/test-clock.ts';

function toTrial(server: ScimServer, mediaType?: string): Trial {
  const clientWith = (token: string): Trial['client'] => ({
    ...fetchClient,
    send(call, signal) {
      const url = call.url.startsWith('/') ? server.url + call.url : call.url;
      const accept = { accept: mediaType ?? scim.mediaType ?? '' };
      const headers = { ...accept, ...call.headers, authorization: `Bearer ${token}` };
      return fetchClient.send({ ...call, url, headers }, signal);
    },
  });
  return {
    vendor: scim,
    client: clientWith(server.token),
    stranger: clientWith('another'),
    baseUrl: server.url,
    clock: createTestClock(),
    signal: new AbortController().signal,
    inputs: { group_id: [...server.groups.keys()][0] ?? '' },
    mayChange: null,
    isWhole: true,
    workshop: {
      // What a group says of its members is said of them.
      people: async () =>
        [...server.users.values()].map((user) => ({
          ...structuredClone(user),
          in: [...server.groups.values()].map(({ members = [] }) =>
            members.some(({ value }) => value === user.id),
          ),
        })),
      fail: async (fault) => server.fail(fault),
    },
  };
}

test('a SCIM server that is not ours answers as the definition says', async () => {
  const server = await openScimServer();

  const found = await tryVendor(toTrial(server));

  const isEmpty = ({ message }: { message: string }) => message.startsWith('Nobody has a value');
  expect(found.filter((one) => !isEmpty(one)).map(toLine)).toEqual([]);
  expect(server.calls.filter((call) => call === 'GET /Users').length).toBeGreaterThan(5);
  expect(new Set(server.calls.map((call) => call.split(' ')[0]))).toEqual(
    new Set(['GET', 'POST', 'PATCH', 'DELETE']),
  );
}, 60_000);
