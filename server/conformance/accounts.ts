import { isAdministrator } from '../domain/administrator.ts';
import { type LoadFacts, prepareField } from '../engine/read-field.ts';
import { readPages } from '../engine/vendor-pages.ts';
import type { Trial } from './trial.ts';

/** An account as the load read it. */
export interface Account {
  item: unknown;
  /** The vendor's fields, by key. */
  fields: Readonly<Record<string, unknown>>;
  /** What a record of it would hold, as far as Smart Mapping would fill it. */
  record: Readonly<Record<string, unknown>>;
  identifier: string;
  email: string;
}

const fewPages = 3;

/** Everybody whom the load reads, or the first pages of them. Throws `vendor_rejected` and the like. */
export async function readAccounts(trial: Trial, size?: number): Promise<Account[]> {
  const { vendor, client, clock, signal, baseUrl, inputs, isWhole } = trial;
  const { pagination } = vendor.load;
  const sized = size !== undefined && 'size' in pagination ? { ...pagination, size } : pagination;
  const reader = {
    client,
    clock,
    signal,
    vendor,
    inputs,
    random: () => 0,
    credential: { id: 'check', baseUrl },
  };
  const items: unknown[] = [];
  let pages = 0;
  for await (const page of readPages(reader, { ...vendor.load, pagination: sized })) {
    items.push(...page.items);
    pages += 1;
    if (!isWhole && pages === fewPages) break;
  }
  return items.map(prepareAccount(trial));
}

function prepareAccount({ vendor, inputs, clock }: Trial): (item: unknown) => Account {
  const startedAt = new Date(clock.now()).toISOString();
  const facts: LoadFacts = { names: new Map(), startedAt, credentialName: 'check', inputs };
  const readers = vendor.load.fields.map((field) => ({ field, read: prepareField(field, facts) }));
  return (item) => {
    const fields: Record<string, unknown> = {};
    const record: Record<string, unknown> = {};
    const account: Record<string, unknown> = {};
    for (const { field, read } of readers) {
      const value = read(item);
      fields[field.key] = value;
      for (const { recordType, externalId } of field.suggests) {
        if (recordType === 'person') record[externalId] = value;
        else account[externalId] = value;
      }
    }
    const { identifier = fields[vendor.load.identifier], email = record.email } = account;
    return {
      ...{ item, fields, record },
      identifier: identifier === undefined || identifier === null ? '' : String(identifier),
      email: typeof email === 'string' ? email : '',
    };
  };
}

/** Whether it is certain that somebody does not administer the vendor: those are left in peace. */
export function isOrdinary({ vendor }: Trial, body: unknown): boolean {
  return !vendor.administrator || isAdministrator(vendor.administrator, body) === false;
}
