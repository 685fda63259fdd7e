import type { Field, RecordType } from '../domain/field.ts';
import type { NewId } from '../domain/ids.ts';
import type { Integration } from '../domain/integration.ts';
import { findMappingWarnings } from '../domain/mapping-warnings.ts';
import { personValues, saasUserValues } from '../domain/record-values.ts';
import type { Vendor } from '../domain/vendor.ts';
import type { Decision, LoadWriter } from './load-ports.ts';
import { prepareMapping, type RowReading } from './map-record.ts';
import { createMatching } from './match.ts';
import type { Clock } from './ports.ts';
import type { AnswerTo } from './question-ports.ts';
import type { Preview, PreviewRecord } from './service-ports.ts';
import { collectSamples } from './user-load.ts';

export interface PreviewDeps {
  writer: LoadWriter;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
}

export interface PreviewInput {
  integration: Integration;
  vendor: Vendor;
  credentialName: string;
  fields: readonly Field[];
  sample: AnswerTo<'sample'>;
}

const shownCount = 5;
const exampleCount = 3;

/**
 * Maps and matches the records of a sample as a load would, and lets them go. Shown are the first ones, and the
 * first one of every other fate, so that a skipped record is seen wherever it stands.
 */
export async function previewMapping(deps: PreviewDeps, input: PreviewInput): Promise<Preview> {
  const { clock, newId, writer } = deps;
  const { integration, vendor, credentialName, fields, sample } = input;
  const { mode, preference } = integration;
  const names = new Map(sample.names.map(([field, list]) => [field, new Map(list)]));
  const startedAt = new Date(clock.now()).toISOString();
  const plan = prepareMapping({ ...integration, vendor, fields, names, startedAt, credentialName });
  // Before the first load there is no app, and no account can be known.
  const appId = mode === 'user' ? null : (integration.appId ?? '');
  const rules = { preference, appId, quiet: new Set<string>(), newId, startedAt };

  const { items } = sample;
  const records = items.map((item, i) => plan.map(item, i + 1));
  const looks = await writer.look(records, appId, createMatching(rules));

  const counts = { create: 0, update: 0, unchanged: 0, skip: 0, fail: 0 };
  const shown: PreviewRecord[] = [];
  for (const [i, look] of looks.entries()) {
    const { action } = look.decision;
    counts[action] += 1;
    if (i < shownCount || counts[action] === 1) shown.push(toPreview(look, plan.explain(items[i])));
  }
  return {
    records: shown,
    counts,
    samples: collectSamples(vendor, plan, items),
    examples: items.slice(0, exampleCount).map((record) => ({
      record,
      fields: Object.fromEntries(
        vendor.load.fields.map((field) => [field.key, plan.read(field, record) ?? null]),
      ),
    })),
    warnings: findMappingWarnings(integration.mapping, vendor, fields),
  };
}

type Look = Awaited<ReturnType<LoadWriter['look']>>[number];

function toPreview({ record, decision, before }: Look, readings: readonly RowReading[]): PreviewRecord {
  const person = before.person ? personValues(before.person) : {};
  const saasUser = before.saasUser ? saasUserValues(before.saasUser) : {};
  const valuesOf = (recordType: RecordType, after: Record<string, unknown> | null) =>
    Object.entries(after ?? {}).map(([externalId, value]) => {
      const reading = readings.find(
        ({ target }) => target.recordType === recordType && target.externalId === externalId,
      );
      return {
        recordType,
        externalId,
        before: (recordType === 'person' ? person : saasUser)[externalId] ?? null,
        after: value ?? null,
        isWritten: isWritten(decision, recordType, externalId, value),
        source: reading?.source ?? null,
        read: reading?.read ?? null,
        problem: reading?.problem ?? null,
      };
    });
  return {
    label: record.label,
    action: decision.action,
    reason: decision.reason,
    values: [...valuesOf('person', record.person), ...valuesOf('saas_user', record.saasUser)],
  };
}

/** Whether a load would write this value: it differs, and nothing keeps the record out. */
function isWritten(decision: Decision, recordType: RecordType, externalId: string, value: unknown): boolean {
  const write = recordType === 'person' ? decision.person : decision.saasUser;
  if (!write) return false;
  return write.isNew ? hasValue(value) : write.changes.some(({ field }) => field === externalId);
}

const hasValue = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
