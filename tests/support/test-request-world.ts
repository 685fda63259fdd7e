import { blocks } from '#blocks/index';
import { settingsFromPreset } from '#domain/api-settings';
import type { TestRequestInput } from '#domain/test-request';
import type { Principal } from '#engine/access-ports';
import { createTestRequests } from '#engine/test-request';
import type { VendorClient } from '#engine/vendor-ports';
import { vendors } from '#presets';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createGlobalVariableStore } from '../../server/store/global-variables.ts';
import { createRecordStore } from '../../server/store/records.ts';
import { addAccounts } from './engine-world.ts';
import { answer, createScriptedClient, type Script } from './scripted-client.ts';
import { createTestClock } from './test-clock.ts';

const webex = vendors.find(({ id }) => id === 'webex')!;
/** The settings of a block that has chosen one of Webex's presets. */
export const presetSettings = (id: string, more: object = {}) => ({
  ...settingsFromPreset(webex, webex.presets.find((preset) => preset.id === id)!, 'crd_1'),
  ...more,
});
/** A request of the author's own. */
export const free = (more: object) => ({
  vendorId: 'webex',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  success: { statuses: [200, 201], mediaType: 'json' },
  ...more,
});

/** Ada's account, a workflow over the accounts of her app, and a vendor that answers by a script. */
export function openTestRequests(
  script: Script = () => answer(200, { id: 'wx-ada' }),
  secrets: string[] = [],
  { database = openDatabase(':memory:'), sender }: { database?: Database; sender?: VendorClient } = {},
) {
  addAccounts(database, [{ name: 'ada' }]);
  const entries: unknown[] = [];
  const client = createScriptedClient(script, secrets);
  const workflow = { id: 'wf_1', name: 'Try', records: { kind: 'saas_users', appId: 'app_webex' } };
  const requests = createTestRequests({
    workflows: { find: async () => workflow as never },
    records: createRecordStore(database),
    vendors: {
      all: () => vendors,
      find: (id: string) => vendors.find((vendor) => vendor.id === id),
    } as never,
    types: new Map(blocks.map((block) => [block.type, block])),
    client: sender ?? client,
    globals: createGlobalVariableStore(database),
    audit: { add: async (entry) => void entries.push(entry) },
    clock: createTestClock(),
  });
  const make = (settings: object, more: Partial<TestRequestInput> = {}, rights = ['workflows.launch']) =>
    requests.make(
      'wf_1',
      { type: 'api', settings: { ...settings }, recordId: 'sus_ada', values: {}, mode: 'show', ...more },
      { id: 'opr_1', name: 'Ada', rights } as unknown as Principal,
      new AbortController().signal,
    );
  return { make, client, entries };
}
