import type { Credential } from '../domain/credential.ts';
import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { NewId } from '../domain/ids.ts';
import type { Integration, MissingPart } from '../domain/integration.ts';
import { findMissingParts } from '../domain/missing-parts.ts';
import { parsePath, readPath } from '../domain/path.ts';
import { personValues, saasUserValues } from '../domain/record-values.ts';
import { toCron } from '../domain/schedule.ts';
import { checkSchedule, nextTimes } from '../domain/schedule-times.ts';
import { proposeMapping } from '../domain/smart-mapping.ts';
import type { Vendor } from '../domain/vendor.ts';
import { checkMapping } from './check-mapping.ts';
import type { IntegrationStore, LoadWriter } from './load-ports.ts';
import { prepareMapping } from './map-record.ts';
import { createMatching } from './match.ts';
import type { Vendors } from './ports.ts';
import type { IntegrationService, IntegrationView, PreviewRecord } from './service-ports.ts';
import { collectSamples, readNames, usedFields } from './user-load.ts';
import { type PageReader, readPages } from './vendor-pages.ts';

export interface IntegrationDeps extends Pick<PageReader, 'client' | 'clock' | 'random'> {
  store: IntegrationStore;
  writer: LoadWriter;
  vendors: Vendors;
  newId: NewId;
}

const previewCount = 5;
const previewMs = 60_000;
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
  const view = async (id: string): Promise<IntegrationView> => {
    const integration = await findOne(id);
    const credential = await credentialOf(integration.credentialId);
    const missing = [
      ...findMissingInputs(integration, vendors.find(integration.vendorId)),
      ...findMissingParts(integration, credential, await store.fields()),
    ];
    const times = timesOf(integration, clock.now(), shownTimes);
    return { integration, missing, nextLoads: times.map((time) => new Date(time).toISOString()) };
  };
  /** Makes it active or a draft, and says when its schedule loads next. */
  const settle = async (integration: Integration, status: Integration['status']) => {
    const [next = null] = status === 'active' ? timesOf(integration, clock.now(), 1) : [];
    await store.update(integration.id, { status, nextLoadAt: next }, clock.now());
    return await view(integration.id);
  };

  return {
    list: () => store.list(),
    find: view,

    async create({ vendorId, name, operatorId }) {
      vendorOf(vendorId);
      const id = newId('integration');
      const minute = Math.floor(random() * 60);
      const cron = toCron({ kind: 'daily', at: `${quietHour}:${minute}` });
      const schedule = { cron, timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
      const contacts = { operatorIds: operatorId === undefined ? [] : [operatorId], addresses: [] };
      await store.insert({ id, name, vendorId, schedule, contacts }, clock.now());
      return await view(id);
    },

    async change(id, change) {
      const integration = await findOne(id);
      const vendor = vendorOf(integration.vendorId);
      if (change.mapping) checkMapping(change.mapping, vendor, await store.fields());
      if (change.credentialId) {
        const credential = await credentialOf(change.credentialId);
        checkCredential(credential, vendor);
      }
      if (change.inputs) checkInputs(change.inputs, vendor);
      if (change.schedule) checkSchedule(change.schedule, clock.now());
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      await store.update(id, Object.fromEntries(given), clock.now());

      const now = await view(id);
      if (now.integration.status === 'draft') return now;
      const isTouched = [change.mapping, change.credentialId, change.inputs].some(
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
      const input = vendor.load.inputs.find((one) => one.name === name);
      if (!input?.discover) {
        throw new AppError('not_found', `${vendor.title} cannot be asked for the input "${name}".`);
      }
      const credential = await credentialOf(integration.credentialId);
      checkCredential(credential, vendor);
      const { path, items, value, label } = input.discover;
      const signal = AbortSignal.timeout(previewMs);
      const reader = { ...deps, vendor, credential, signal };
      const { value: page } = await readPages(reader, { path, items, pagination: { kind: 'none' } }).next();
      const [valuePath, labelPath] = [parsePath(value), parsePath(label)];
      return (page?.items ?? []).map((item: unknown) => {
        const text = String(readPath(item, valuePath) ?? '');
        return { value: text, label: String(readPath(item, labelPath) ?? text) };
      });
    },

    async propose(id) {
      const integration = await findOne(id);
      const vendor = vendorOf(integration.vendorId);
      return { rows: proposeMapping(vendor, await store.fields(), integration.mode) };
    },

    async preview(id, mapping) {
      const integration = await findOne(id);
      const vendor = vendorOf(integration.vendorId);
      const fields = await store.fields();
      const credential = await credentialOf(integration.credentialId);
      checkCredential(credential, vendor);
      if (mapping) checkMapping(mapping, vendor, fields);
      return await preview(
        deps,
        { ...integration, mapping: mapping ?? integration.mapping },
        vendor,
        credential,
        fields,
      );
    },
  };
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
): asserts credential is Credential {
  const place = { place: 'credentialId' };
  if (!credential) throw new AppError('invalid', 'Choose a credential first.', place);
  if (credential.vendorId === vendor.id) return;
  throw new AppError('invalid', `The credential "${credential.name}" is not for ${vendor.title}.`, place);
}

/** The first records of the first page, mapped and matched as a load would, and then let go. */
async function preview(
  deps: IntegrationDeps,
  integration: Integration,
  vendor: Vendor,
  credential: Credential,
  fields: readonly Field[],
): ReturnType<IntegrationService['preview']> {
  const { clock, newId, writer } = deps;
  const { inputs } = integration;
  const reader = { ...deps, vendor, credential, inputs, signal: AbortSignal.timeout(previewMs) };
  const names = await readNames(reader, usedFields(integration));
  const startedAt = new Date(clock.now()).toISOString();
  const credentialName = credential.name;
  const plan = prepareMapping({ ...integration, vendor, fields, names, startedAt, credentialName });
  // Before the first load there is no app, and no account can be known.
  const appId = integration.mode === 'user' ? null : (integration.appId ?? '');
  const rules = { preference: integration.preference, appId, quiet: new Set<string>(), newId, startedAt };

  const { value: page } = await readPages(reader, vendor.load).next();
  const items: unknown[] = page?.items ?? [];
  const records = items.slice(0, previewCount).map((item, i) => plan.map(item, i + 1));
  const looks = await writer.look(records, appId, createMatching(rules));
  return {
    records: looks.map(({ record, decision, before }): PreviewRecord => {
      const person = before.person ? personValues(before.person) : {};
      const saasUser = before.saasUser ? saasUserValues(before.saasUser) : {};
      const valuesOf = (recordType: 'person' | 'saas_user', after: Record<string, unknown> | null) =>
        Object.entries(after ?? {}).map(([externalId, value]) => ({
          recordType,
          externalId,
          before: (recordType === 'person' ? person : saasUser)[externalId] ?? null,
          after: value ?? null,
        }));
      const values = [...valuesOf('person', record.person), ...valuesOf('saas_user', record.saasUser)];
      return { label: record.label, action: decision.action, reason: decision.reason, values };
    }),
    samples: collectSamples(vendor, plan, items),
  };
}
