import { accountAddress } from '../domain/account-address.ts';
import type { NewId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import {
  personKeys,
  personValues,
  saasUserKeys,
  saasUserValues,
  withValue,
} from '../domain/record-values.ts';
import type { SaasUser } from '../domain/saas-user.ts';
import { isSameValue } from '../domain/value.ts';
import type { Decide, Decision, Known, MappedRecord, MatchRules, ValueChange } from './load-ports.ts';

type Rules = MatchRules & { newId: NewId };

/**
 * Decides whom each record of one load means and what becomes of it. Of two records with one key the second is left
 * out, because nobody can say which one is right.
 */
export function createMatching(rules: Rules): Decide {
  return (record, known) => {
    const listed = record.saasUser ? known.saasUser(record.identifier) : undefined;
    if (record.problem) return leaveOut(record.problem.action, record.problem.reason, listed, rules);

    const invited = listed ? [] : findInvited(record, known);
    const found = findPerson(record, known);
    const unclear = findUnclear(invited, found);
    if (unclear) return leaveOut('fail', unclear, undefined, rules);
    const existing = listed ?? invited[0];
    const owner = existing && !listed ? existing.personId : null;
    const person = found ?? (owner === null ? undefined : known.personById(owner));
    if ((person && known.wasNamed(person.id)) || (existing && known.wasNamed(existing.id))) {
      return leaveOut('skip', 'An earlier record of this load has the same key.', existing, rules);
    }
    const taken = findTaken(record, known, person);
    if (taken) return leaveOut('fail', taken, existing, rules);

    const decision = decide(record, person, existing, rules);
    const whose = person ?? decision.person?.person;
    const account = existing ?? decision.saasUser?.user;
    if (whose) known.name(whose.id);
    if (account) known.name(account.id);
    return decision;
  };
}

/** Accounts that this record, with an id that nobody knows yet, may be the accepted invitation of. */
function findInvited(record: MappedRecord, known: Known): SaasUser[] {
  const address = accountAddress(record);
  const hasId = record.saasUser && record.identifier.toLowerCase() !== address.toLowerCase();
  if (!hasId || address === '') return [];
  // An invitation that this load lists has not been accepted.
  return known.withoutId(address).filter(({ id }) => !known.wasNamed(id));
}

/** Why nobody can say whose invitation was accepted. */
function findUnclear(invited: readonly SaasUser[], person: Person | undefined): string | undefined {
  const [first] = invited;
  if (!first) return undefined;
  if (invited.length > 1) {
    return `There are ${invited.length} accounts with the address ${first.email} and without an id, so nobody can say which one this is. Remove all but one.`;
  }
  if (!person || first.personId === null || first.personId === person.id) return undefined;
  return `An account with the address ${first.email} and without an id belongs to another person than ${person.username}. Correct one of the two.`;
}

/** The first key that finds somebody decides. */
function findPerson(record: MappedRecord, known: Known): Person | undefined {
  for (const key of record.keys) {
    if (key.externalId !== 'identifier') {
      const person = known.personBy(key);
      if (person) return person;
      continue;
    }
    const owner = known.saasUser(record.identifier)?.personId;
    const person = owner ? known.personById(owner) : undefined;
    if (person) return person;
  }
  return undefined;
}

/** A unique value that belongs to somebody else: writing it would merge two people. */
function findTaken(record: MappedRecord, known: Known, person: Person | undefined): string | undefined {
  for (const unique of record.uniques) {
    const owner = known.personBy(unique);
    if (!owner || owner.id === person?.id) continue;
    const other = person ? `another person (${owner.username})` : `${owner.username}`;
    return `${unique.externalId} "${unique.value.slice(0, 80)}" belongs to ${other}. Correct one of the two.`;
  }
  return undefined;
}

function decide(
  record: MappedRecord,
  person: Person | undefined,
  existing: SaasUser | undefined,
  rules: Rules,
): Decision {
  const { preference } = rules;
  if (!person && preference === 'update_only') {
    return leaveOut('skip', 'Nobody has this key, and the preference is Update only.', existing, rules);
  }
  const mayUpdate = preference !== 'create_only';
  if (person && !mayUpdate && (existing || !record.saasUser)) {
    return leaveOut('skip', 'It exists already, and the preference is Create only.', existing, rules);
  }

  const refusal = findRefusal(record, person, existing);
  if (refusal) return leaveOut('skip', refusal, existing, rules);

  const personWrite = person
    ? mayUpdate
      ? changedPerson(record, person, rules)
      : null
    : newPerson(record, rules);
  const personId = person?.id ?? personWrite?.person.id ?? null;
  const saasUser = writeSaasUser(record, existing, personId, rules);
  const isNew = personWrite?.isNew === true || (saasUser?.isNew === true && !mayUpdate);
  const changes = (personWrite?.changes.length ?? 0) + (saasUser?.changes.length ?? 0);
  const action = isNew ? 'create' : changes > 0 ? 'update' : 'unchanged';
  return { action, reason: null, person: personWrite, saasUser };
}

/** What is not there yet must pass one part of the filter, what is there the other; who is half there, both. */
function findRefusal(
  { refusals, saasUser }: MappedRecord,
  person: Person | undefined,
  existing: SaasUser | undefined,
): string | null {
  if (!refusals) return null;
  const isNew = !person || (saasUser !== null && !existing);
  const isThere = person !== undefined || existing !== undefined;
  return (isNew ? refusals.create : null) ?? (isThere ? refusals.update : null);
}

function newPerson(record: MappedRecord, rules: Rules): NonNullable<Decision['person']> {
  let person: Person = {
    id: rules.newId('person'),
    username: '',
    email: '',
    firstName: '',
    lastName: '',
    role: '',
    status: 'active',
    fields: {},
    createdAt: rules.startedAt,
    updatedAt: rules.startedAt,
  };
  const changes: ValueChange[] = [];
  for (const [field, after] of Object.entries(record.person)) {
    if (isEmpty(after)) continue;
    person = withValue(person, personKeys, field, after);
    if (!rules.quiet.has(`person.${field}`)) changes.push({ field, before: null, after });
  }
  const uniques = record.uniques.filter((unique) => unique.externalId !== 'username');
  return { person, isNew: true, changes, uniques };
}

/** An empty value never wipes out what a person has: another load may have brought it. */
function changedPerson(record: MappedRecord, person: Person, rules: Rules): Decision['person'] {
  const before = personValues(person);
  const changes: ValueChange[] = [];
  let after = person;
  for (const [field, value] of Object.entries(record.person)) {
    if (isEmpty(value) || isSameValue(before[field] ?? null, value)) continue;
    after = withValue(after, personKeys, field, value);
    if (!rules.quiet.has(`person.${field}`))
      changes.push({ field, before: before[field] ?? null, after: value });
  }
  if (after === person) return null;
  const uniques = record.uniques.filter(
    ({ externalId }) => externalId !== 'username' && changes.some((change) => change.field === externalId),
  );
  const updatedAt = changes.length > 0 ? rules.startedAt : person.updatedAt;
  return { person: { ...after, updatedAt }, isNew: false, changes, uniques };
}

/** An account mirrors the vendor, empty values included: an old last activity must not outlive what the vendor says. */
function writeSaasUser(
  record: MappedRecord,
  existing: SaasUser | undefined,
  personId: string | null,
  rules: Rules,
): Decision['saasUser'] {
  if (!record.saasUser || rules.appId === null) return null;
  const start: SaasUser = existing ?? emptySaasUser(record, rules.appId, rules);
  const before = saasUserValues(start);
  const changes: ValueChange[] = existing
    ? []
    : [{ field: 'identifier', before: null, after: record.identifier }];
  let user: SaasUser = { ...start, lastSeenAt: rules.startedAt };
  // The app has it, so it is not gone. A mapping may say otherwise.
  const values = { is_deactivated: false, ...record.saasUser };
  for (const [field, value] of Object.entries(values)) {
    const after = value ?? emptySaasValues[field] ?? null;
    if (isSameValue(before[field] ?? null, after)) continue;
    user = withValue(user, saasUserKeys, field, after);
    if (existing && !rules.quiet.has(`saas_user.${field}`)) {
      changes.push({ field, before: before[field] ?? null, after });
    }
  }
  if (personId !== null && start.personId !== personId) {
    if (existing) changes.push({ field: 'person', before: start.personId, after: personId });
    user = { ...user, personId };
  }
  return { user, isNew: !existing, changes };
}

/** What stands where a vendor says nothing; every other value is null then. */
const emptySaasValues: Record<string, unknown> = {
  email: '',
  display_name: '',
  status: '',
  type: '',
  roles: [],
  licenses: [],
  is_deactivated: false,
  delete_in_saas: false,
};

function emptySaasUser(record: MappedRecord, appId: string, rules: Rules): SaasUser {
  return {
    id: rules.newId('saasUser'),
    appId,
    personId: null,
    identifier: record.identifier,
    email: '',
    displayName: '',
    roles: [],
    licenses: [],
    status: '',
    type: '',
    lastActivity: null,
    isDeactivated: false,
    deleteInSaas: false,
    fields: {},
    firstSeenAt: rules.startedAt,
    lastSeenAt: rules.startedAt,
  };
}

/** Nothing is written but that the app still has the account. */
function leaveOut(
  action: 'skip' | 'fail',
  reason: string,
  existing: SaasUser | undefined,
  rules: Rules,
): Decision {
  const user = existing && { ...existing, lastSeenAt: rules.startedAt };
  return { action, reason, person: null, saasUser: user ? { user, isNew: false, changes: [] } : null };
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';
