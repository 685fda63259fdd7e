import { api } from '#blocks/api';
import { saasUserRole } from '#blocks/saas-user-role';
import { type ApiSettings, settingsFromPreset } from '#domain/api-settings';
import type { SaasUser } from '#domain/saas-user';
import type { Vendor } from '#domain/vendor';
import type { BlockDefinition } from '#engine/block';
import { toOutcome } from '#engine/outcome';
import { toPrepareContext } from '#engine/prepare';
import { type LoadFacts, prepareField } from '#engine/read-field';
import { readNames } from '#engine/user-load';
import { toVariables } from '#engine/variables';
import { readPages } from '#engine/vendor-pages';
import type { VendorClient } from '#engine/vendor-ports';
import { vendors } from '#presets';
import { gotoAccounts, startGotoSandbox } from '../../server/sandbox/goto.ts';
import type { Sandbox, SandboxOptions } from '../../server/sandbox/imitation.ts';
import { startNinjaSandbox } from '../../server/sandbox/ninjaone.ts';
import { startPlanhatSandbox } from '../../server/sandbox/planhat.ts';
import { startWebexSandbox } from '../../server/sandbox/webex.ts';
import { startZoomSandbox } from '../../server/sandbox/zoom.ts';
import { openVendor } from '../sandbox/open-vendor.ts';
import { fetchClient } from '../support/fetch-client.ts';
import { createTestClock } from '../support/test-clock.ts';

interface Imitated {
  start(options: SandboxOptions<never>): Promise<Sandbox<never>>;
  api: string;
  inputs?: Record<string, string>;
}

export const accountKey = gotoAccounts[0]?.key ?? '';

export const imitated = {
  goto: { start: startGotoSandbox, api: '/admin/rest/v1', inputs: { account_key: accountKey } },
  ninjaone: { start: startNinjaSandbox, api: '' },
  planhat: { start: startPlanhatSandbox, api: '' },
  webex: { start: startWebexSandbox, api: '/v1' },
  zoom: { start: startZoomSandbox, api: '/v2' },
} as unknown as Record<string, Imitated>;

/** A vendor with its sandbox, small pages and the administrator's token. */
export async function openPresetWorld(vendorId: string, count = 60) {
  const found = vendors.find((vendor) => vendor.id === vendorId);
  const { start, api: path, inputs = {} } = imitated[vendorId] ?? {};
  if (!found || !start) throw new Error(`There is no sandbox of ${vendorId}.`);
  const sandbox = await openVendor(start, { peopleCount: count });
  const { access_token } = sandbox.issueToken() as unknown as { access_token: string };
  const { pagination } = found.load;
  const small = 'size' in pagination ? { ...pagination, size: 25 } : pagination;
  const vendor: Vendor = { ...found, load: { ...found.load, pagination: small } };

  const client: VendorClient = {
    ...fetchClient,
    async send(call, signal) {
      sandbox.pass(1_000);
      const url = call.url.startsWith('/') ? `${sandbox.url}${path}${call.url}` : call.url;
      const headers = { ...call.headers, authorization: `Bearer ${access_token}` };
      return await fetchClient.send({ ...call, url, headers }, signal);
    },
  };
  const reader = {
    client,
    clock: createTestClock(),
    random: () => 0,
    vendor,
    credential: { id: 'crd_1', baseUrl: `${sandbox.url}${path}` },
    signal: new AbortController().signal,
    inputs,
  };

  /** Everybody, as a function of a field's key. */
  const load = async () => {
    const names = await readNames(reader, new Set(vendor.load.fields.map(({ key }) => key)));
    const facts: LoadFacts = {
      names,
      startedAt: '2026-11-20T09:00:00.000Z',
      credentialName: 'Admin',
      inputs,
    };
    const items: unknown[] = [];
    for await (const page of readPages(reader, vendor.load)) items.push(...page.items);
    const readers = new Map(vendor.load.fields.map((field) => [field.key, prepareField(field, facts)]));
    return items.map((item) => (key: string) => readers.get(key)?.(item));
  };

  /** Decides, sends and concludes, as a run does for one record. */
  const step = async (block: BlockDefinition, settings: unknown, account: Partial<SaasUser>) => {
    const { context } = toPrepareContext('step', {
      vendors: { find: () => vendor, list: () => [vendor] },
      fields: [],
      records: { kind: 'saas_users', appId: 'app_1' },
    });
    const subject = { person: null, saasUser: account as SaasUser };
    const variables = { ...toVariables(subject, {}, null), ...account.fields };
    const decision = block.prepare(
      settings,
      context,
    )({
      now: 0,
      waitingSince: null,
      subject,
      names: new Map(),
      variables,
    });
    if (decision.kind !== 'call') throw new Error(`It did not call: ${JSON.stringify(decision)}`);
    const { reply } = await client.send(decision.call, reader.signal);
    return decision.conclude(toOutcome(reply, decision.rule, decision.call.class, vendor.title, 0));
  };

  const find = (id: string) => {
    const preset = vendor.presets.find((one) => one.id === id);
    if (!preset) throw new Error(`There is no preset ${id}.`);
    return preset;
  };

  const call = (
    id: string,
    fields: Record<string, unknown>,
    given: Record<string, string> = {},
    edits: Partial<ApiSettings> = {},
  ) => {
    const settings = settingsFromPreset(vendor, find(id), 'crd_1');
    return step(api, { ...settings, ...edits, inputs: { ...settings.inputs, ...given } }, {
      fields,
    } as Partial<SaasUser>);
  };

  return {
    vendor,
    sandbox,
    client,
    baseUrl: reader.credential.baseUrl,
    inputs,
    load,
    role: (account: Partial<SaasUser>) =>
      step(saasUserRole, saasUserRole.settings.parse({ vendorId, credentialId: 'crd_1' }), account),
    preset: call,
  };
}
