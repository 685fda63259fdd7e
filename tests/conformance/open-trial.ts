import { vendors } from '#presets';
import type { Trial } from '../../server/conformance/trial.ts';
import { licenses } from '../../server/sandbox/goto/accounts.ts';
import { gotoAccounts, startGotoSandbox } from '../../server/sandbox/goto.ts';
import type { Sandbox, SandboxOptions } from '../../server/sandbox/imitation.ts';
import { startNinjaSandbox } from '../../server/sandbox/ninjaone.ts';
import { startPlanhatSandbox } from '../../server/sandbox/planhat.ts';
import { licenseIds } from '../../server/sandbox/webex/catalog.ts';
import { startWebexSandbox } from '../../server/sandbox/webex.ts';
import { startZoomSandbox } from '../../server/sandbox/zoom.ts';
import { openVendor } from '../sandbox/open-vendor.ts';
import { fetchClient } from '../support/fetch-client.ts';
import { createTestClock } from '../support/test-clock.ts';

interface Imitated {
  start(options: SandboxOptions<never>): Promise<Sandbox<never>>;
  api: string;
  /** What operators would enter. */
  inputs?: Record<string, string>;
}

const account = gotoAccounts[0];
const meeting = licenses.find(({ product }) => product === 'G2M');

/** Every vendor that is imitated, with what its presets ask operators for. */
export const imitated = {
  goto: {
    start: startGotoSandbox,
    api: '/admin/rest/v1',
    inputs: {
      account_key: account?.key ?? '',
      goto_account_key: account?.key ?? '',
      license_key: meeting?.key ?? '',
    },
  },
  ninjaone: {
    start: startNinjaSandbox,
    api: '',
    inputs: {
      organization_id: '4',
      'add-technician-to-role.role_id': '3',
      'remove-technician-from-role.role_id': '2',
      'add-end-user-to-role.role_id': '10',
      'remove-end-user-from-role.role_id': '10',
    },
  },
  planhat: { start: startPlanhatSandbox, api: '' },
  webex: { start: startWebexSandbox, api: '/v1', inputs: { license_id: licenseIds.meetings } },
  zoom: {
    start: startZoomSandbox,
    api: '/v2',
    inputs: { transfer_email: 'it-admin@acme.test', role_id: 'RbdwHl8hTP2rMkQ1vXe9GA' },
  },
} as unknown as Record<string, Imitated>;

/** A vendor's definition, or a changed one, together with an imitation of the vendor. */
export async function openTrial(vendorId: string, change: Partial<Trial['vendor']> = {}): Promise<Trial> {
  const found = vendors.find((vendor) => vendor.id === vendorId);
  const { start, api, inputs = {} } = imitated[vendorId] ?? {};
  if (!found || !start) throw new Error(`There is no sandbox of ${vendorId}.`);
  const sandbox = await openVendor(start, { peopleCount: 60 });
  const { access_token } = sandbox.issueToken() as unknown as { access_token: string };
  const baseUrl = `${sandbox.url}${api}`;

  const clientWith = (token: string): Trial['client'] => ({
    ...fetchClient,
    async send(call, signal) {
      sandbox.pass(1_000);
      const url = call.url.startsWith('/') ? baseUrl + call.url : call.url;
      const headers = { ...call.headers, authorization: `Bearer ${token}` };
      return await fetchClient.send({ ...call, url, headers }, signal);
    },
  });
  return {
    vendor: { ...found, ...change },
    client: clientWith(access_token),
    stranger: clientWith('nobody-gave-it-out'),
    baseUrl,
    clock: createTestClock(),
    signal: new AbortController().signal,
    inputs,
    mayChange: null,
    isWhole: true,
    workshop: {
      people: async () => structuredClone(sandbox.people()),
      fail: async (fault) => sandbox.inject(fault),
    },
  };
}
