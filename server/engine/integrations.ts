import type { Credential } from '../domain/credential.ts';
import { editedOnly } from '../domain/edited.ts';
import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import type { Integration, MissingPart } from '../domain/integration.ts';
import { findMappingWarnings } from '../domain/mapping-warnings.ts';
import { findMissingParts } from '../domain/missing-parts.ts';
import { integrationParts } from '../domain/part-words.ts';
import { toCron } from '../domain/schedule.ts';
import { checkSchedule, nextTimes } from '../domain/schedule-times.ts';
import { proposeBeside } from '../domain/smart-mapping.ts';
import type { Vendor } from '../domain/vendor.ts';
import { askVendor } from './ask-vendor.ts';
import { checkMapping } from './check-mapping.ts';
import { findLoadCredential } from './load-credential.ts';
import type { IntegrationStore, LoadWriter } from './load-ports.ts';
import { previewMapping } from './preview-mapping.ts';
import type { AgentQuestions, AnswerTo, VendorQuestion } from './question-ports.ts';
import type { IntegrationChange, IntegrationService, IntegrationView } from './service-ports.ts';
import type { PageReader } from './vendor-pages.ts';
import type { Vendors } from './vendor-ports.ts';

export interface IntegrationDeps extends Pick<PageReader, 'client' | 'clock' | 'random'> {
  store: IntegrationStore;
  writer: LoadWriter;
  vendors: Vendors;
  newId: NewId;
  questions: Pick<AgentQuestions, 'ask'>;
}

const askMs = 60_000;
const shownTimes = 5;
/** Most offices are quiet then, and no clock skips it where summer time begins at 2 or at 0. */
const quietHour = 3;

/** User loads as operators set them up. */
export function createIntegrations(deps: IntegrationDeps): IntegrationService {
  const { store, vendors, clock, newId, random } = deps;

  const findOne = async (id: string): Promise<Integration> => {
    const integration = await store.find(id);
    if (integration) return integration;
    throw new AppError('not_found', 'There is no such integration. It may have been removed.');
  };
  const vendorOf = (vendorId: string): Vendor => {
    const vendor = vendors.find(vendorId);
    if (vendor) return vendor;
    throw new AppError('invalid', `This server knows no vendor "${vendorId}".`, { place: 'vendorId' });
  };
  const credentialOf = async (id: string | null): Promise<Credential | undefined> =>
    id === null ? undefined : await store.credential(id);
  const ask = async <Asked extends VendorQuestion>(
    integration: Integration,
    vendor: Vendor,
    question: Asked,
  ): Promise<AnswerTo<Asked['kind']>> => {
    const { inputs, installation, agentId, agentCredential } = integration;
    if (installation === 'local') {
      const agent = agentId === null ? undefined : await store.agent(agentId);
      if (!agent || agentCredential === '') {
        throw new AppError('invalid', 'Choose the agent and its credential first.', {
          place: 'agentCredential',
        });
      }
      const asked = { ...question, inputs, vendorId: vendor.id, credential: agentCredential };
      return (await deps.questions.ask(agent, asked)) as AnswerTo<Asked['kind']>;
    }
    const credential = await credentialOf(integration.credentialId);
    checkCredential(credential, vendor);
    const reader = { ...deps, vendor, credential, inputs, signal: AbortSignal.timeout(askMs) };
    return (await askVendor(reader, question)) as AnswerTo<Asked['kind']>;
  };
  const view = async (id: string): Promise<IntegrationView> => {
    const integration = await findOne(id);
    const credential = await findLoadCredential(store, integration);
    const vendor = vendors.find(integration.vendorId);
    const fields = await store.fields();
    const missing = [
      ...findMissingInputs(integration, vendor),
      ...findMissingParts(integration, credential, fields),
    ];
    const warnings = vendor ? findMappingWarnings(integration.mapping, vendor, fields) : [];
    const times = timesOf(integration, clock.now(), shownTimes);
    const nextLoads = times.map((time) => new Date(time).toISOString());
    return { integration, missing, warnings, nextLoads };
  };
  /** What a change of the place of loads brings along: a credential of the one place is none in the other. */
  const placeOf = async (old: Integration, change: IntegrationChange): Promise<IntegrationChange> => {
    const isGiven = [change.installation, change.agentId, change.agentCredential].some(
      (part) => part !== undefined,
    );
    if (!isGiven) return {};
    const { installation = old.installation, agentId = old.agentId } = change;
    const isMoved = installation !== old.installation || agentId !== old.agentId;
    if (installation === 'cloud') return isMoved ? { agentId: null, agentCredential: '' } : {};
    const agent = agentId === null ? undefined : await store.agent(agentId);
    if (!agent) throw new AppError('invalid', 'Choose the agent that does its loads.', { place: 'agentId' });
    const { agentCredential = isMoved ? '' : old.agentCredential } = change;
    const found = agent.credentials.find(({ name }) => name === agentCredential);
    if (change.agentCredential && found?.vendorId !== old.vendorId) {
      const why = `The agent "${agent.name}" has no credential "${agentCredential}" for this vendor.`;
      throw new AppError('invalid', why, { place: 'agentCredential' });
    }
    return { agentCredential, credentialId: null };
  };
  /** Makes it active or a draft, and says when its schedule loads next. */
  const settle = async (integration: Integration, status: Integration['status']) => {
    const [next = null] = status === 'active' ? timesOf(integration, clock.now(), 1) : [];
    await store.update(integration.id, { status, nextLoadAt: next }, clock.now());
    return await view(integration.id);
  };

  const service: IntegrationService = {
    list: () => store.list(),
    find: view,

    async create({ vendorId, name, operatorId }) {
      const { load } = vendorOf(vendorId);
      const id = newId('integration');
      const minute = Math.floor(random() * 60);
      const cron = toCron({ kind: 'daily', at: `${quietHour}:${minute}` });
      const schedule = { cron, timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
      const contacts = { operatorIds: operatorId === undefined ? [] : [operatorId], addresses: [] };
      const filter = load.createsOnly && { create: load.createsOnly, update: null };
      const mapping = { rows: [], ...(filter ? { filter } : {}) };
      await store.insert({ id, name, vendorId, mapping, schedule, contacts }, clock.now());
      return await view(id);
    },

    async change(id, { mapping, mappingVersion, mappingNote = '', was, ...sent }, by = '') {
      const integration = await findOne(id);
      const change = editedOnly(sent, was, { ...integration }, integrationParts);
      const vendor = vendorOf(integration.vendorId);
      if (mapping) checkMapping(mapping, vendor, await store.fields());
      const { credentialId } = change;
      if (credentialId !== undefined && credentialId !== null) {
        const credential = await credentialOf(credentialId);
        checkCredential(
          credential,
          vendor,
          'There is no such credential. It may have been removed: choose another one.',
        );
      }
      if (change.inputs) checkInputs(change.inputs, vendor);
      Object.assign(change, await placeOf(integration, change));
      if (change.schedule) checkSchedule(change.schedule, clock.now());
      if (mapping) {
        const save = { mapping, base: mappingVersion ?? null, savedBy: by, note: mappingNote };
        await store.saveMapping(id, save, clock.now());
      }
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      // Nothing is waited for between this look and the writing.
      editedOnly(sent, was, { ...(await findOne(id)) }, integrationParts);
      await store.update(id, Object.fromEntries(given), clock.now());

      const now = await view(id);
      if (now.integration.status === 'draft') return now;
      const isTouched = [mapping, change.credentialId, change.agentCredential, change.inputs].some(
        (part) => part !== undefined,
      );
      // What it now lacks it cannot load without, so it goes back to being a draft.
      if (isTouched && now.missing.length > 0) return await settle(now.integration, 'draft');
      const isRescheduled = change.schedule !== undefined || change.isPaused !== undefined;
      return isRescheduled ? await settle(now.integration, 'active') : now;
    },

    async remove(id) {
      await findOne(id);
      await store.remove(id);
    },

    async launch(id) {
      const { integration, missing } = await view(id);
      checkMapping(integration.mapping, vendorOf(integration.vendorId), await store.fields());
      if (missing.length > 0) {
        const parts = missing.map((part) => part.message).join(' ');
        throw new AppError('conflict', `"${integration.name}" cannot be launched yet. ${parts}`);
      }
      return await settle(integration, 'active');
    },

    async withdraw(id) {
      return await settle(await findOne(id), 'draft');
    },

    async choices(id, name) {
      const integration = await findOne(id);
      const vendor = vendorOf(integration.vendorId);
      const { items } = await ask(integration, vendor, { kind: 'choices', input: name });
      return items;
    },

    async propose(id, mapping) {
      const integration = await findOne(id);
      const vendor = vendorOf(integration.vendorId);
      const { rows } = mapping ?? integration.mapping;
      return proposeBeside(rows, vendor, await store.fields(), integration.mode);
    },

    async preview(id, mapping) {
      const integration = await findOne(id);
      const vendor = vendorOf(integration.vendorId);
      const fields = await store.fields();
      if (mapping) checkMapping(mapping, vendor, fields);
      const looked = { ...integration, mapping: mapping ?? integration.mapping };
      const { mode } = integration;
      const sample = await ask(looked, vendor, { kind: 'sample', mode, mapping: looked.mapping });
      const credentialName = (await findLoadCredential(store, integration))?.name ?? '';
      return await previewMapping(deps, { integration: looked, vendor, credentialName, fields, sample });
    },

    async mappingVersions(id, query) {
      await findOne(id);
      return await store.mappingVersions(id, query);
    },

    async mappingVersion(id, version) {
      const found = await store.mappingVersion(id, version);
      if (found) return found;
      throw new AppError('not_found', `This mapping has no version ${version}.`);
    },

    async restoreMapping(id, version, base, by) {
      const { mapping } = await service.mappingVersion(id, version);
      const mappingNote = `Restored from version ${version}`;
      return await service.change(id, { mapping, mappingVersion: base, mappingNote }, by);
    },
  };
  return service;
}

/** The next times of its schedule; none without one, and while it is paused. */
function timesOf({ schedule, isPaused }: Integration, afterMs: number, count: number): number[] {
  return schedule === null || isPaused ? [] : nextTimes(schedule, afterMs, count);
}

function findMissingInputs({ inputs }: Integration, vendor: Vendor | undefined): MissingPart[] {
  const missing = vendor?.load.inputs.filter(({ name }) => !inputs[name]) ?? [];
  return missing.map(({ label }) => ({ section: 'details', message: `Enter the ${label}.` }));
}

function checkInputs(inputs: Record<string, string>, vendor: Vendor): void {
  for (const name of Object.keys(inputs)) {
    if (vendor.load.inputs.some((input) => input.name === name)) continue;
    throw new AppError('invalid', `The user load of ${vendor.title} has no input "${name}".`, {
      place: `inputs.${name}`,
    });
  }
}

function checkCredential(
  credential: Credential | undefined,
  vendor: Vendor,
  without = 'Choose a credential first.',
): asserts credential is Credential {
  const place = { place: 'credentialId' };
  if (!credential) throw new AppError('invalid', without, place);
  if (credential.vendorId === vendor.id) return;
  throw new AppError('invalid', `The credential "${credential.name}" is not for ${vendor.title}.`, place);
}
