import { z } from 'zod';
import { parsePath, readPath } from '#domain/path';
import type { Vendor } from '#domain/vendor';
import { prepareAnswerRules } from '#engine/answer-rules';
import { type Assignment, type Decision, type Done, defineBlock } from '#engine/block';
import { type Outcome, vendorMessage } from '#engine/outcome';
import { prepareFinding } from '#engine/read-field';
import { prepareRequest, renderFailure } from '#engine/request';
import type { Subject } from '#engine/subject-ports';

/**
 * Proves that an account still exists and reads its roles and last activity. Only the vendor's definite word counts
 * as "not found": a refusal, a limit or a breakdown takes the failure exit, and nothing is marked.
 */
export const saasUserRole = defineBlock({
  type: 'saas-user-role',
  title: 'SaaS User Role',
  summary: 'Proves that the account exists and reads its roles and last activity.',
  group: 'users',
  level: 'record',
  settings: z.strictObject({
    vendorId: z.string().default(''),
    credentialId: z.string().default(''),
    deactivateMissing: z.boolean().default(true),
  }),
  form: [
    {
      key: 'vendorId',
      label: 'Preset',
      control: 'vendor',
      hint: 'The vendor whose User Role preset is used.',
    },
    { key: 'credentialId', label: 'Credential', control: 'credential' },
    {
      key: 'deactivateMissing',
      label: 'Deactivate User',
      control: 'switch',
      hint: 'Marks our own record as deactivated when the vendor definitely says that the account is gone.',
    },
  ],
  exits: [
    { id: 'found', label: 'Found', tone: 'main' },
    { id: 'not_found', label: 'Not found', tone: 'other' },
    { id: 'failure', label: 'Failure', tone: 'failure' },
  ],
  callClass: () => 'read',
  readsNames: true,

  prepare({ vendorId, credentialId, deactivateMissing }, context) {
    const vendor = context.vendors.find(vendorId);
    if (!vendor)
      context.issue(
        'vendorId',
        vendorId === '' ? 'Choose the vendor.' : `This server knows no vendor "${vendorId}".`,
      );
    if (credentialId === '') context.issue('credentialId', 'Choose the credential.');
    else context.credential(credentialId, 'credentialId', vendor?.id);
    if (!context.hasSaasUser) {
      context.issue(
        'vendorId',
        'This block needs a SaaS user. Put it behind a For Each over the SaaS users of the person, or make a workflow that runs over the SaaS users of an app.',
      );
    }
    if (!vendor) return () => ({ kind: 'done', exit: 'failure', error: 'No vendor is chosen.' });

    const { request, success, notFound } = vendor.userRole;
    const saysGone = prepareAnswerRules(notFound?.says ?? [], context);
    const render = prepareRequest(
      { url: request.path, params: request.params, headers: [], bodyKind: 'none', body: '' },
      context,
      true,
      [],
    );
    const read = prepareReading(vendor, deactivateMissing);

    return ({ variables, subject, names }): Decision => {
      if (!subject.saasUser)
        return { kind: 'done', exit: 'failure', error: 'There is no SaaS user to look up.' };
      try {
        return {
          kind: 'call',
          call: {
            credential: { id: credentialId },
            class: 'read',
            method: 'GET',
            timeoutMs: 30_000,
            ...render(variables),
          },
          vendor: vendor.title,
          attempts: 5,
          rule: {
            ...success,
            notFound: notFound && { ...notFound, done: false, says: saysGone(variables) },
          },
          conclude: (outcome) => read(outcome, subject, names),
        };
      } catch (error) {
        return { kind: 'done', exit: 'failure', error: renderFailure(error) };
      }
    };
  },
});

type Names = ReadonlyMap<string, string>;
type Read = (item: unknown) => unknown;

function prepareReading(
  vendor: Vendor,
  deactivateMissing: boolean,
): (outcome: Outcome, subject: Subject, names: Names) => Done {
  const { userRole } = vendor;
  const choose = prepareChoice(vendor);
  const [roles, licenses, status, lastActivity] = [
    userRole.roles,
    userRole.licenses,
    userRole.status,
    userRole.lastActivity,
  ].map(reader) as [Read?, Read?, Read?, Read?];
  const namesOf = (ids: unknown, names: Names): string[] =>
    listOf(ids).map((id) => names.get(`${vendor.id}/${String(id)}`) ?? String(id));

  return (outcome, { saasUser }, names) => {
    if (outcome.kind === 'not_found') return gone(vendor, deactivateMissing);
    if (outcome.kind !== 'ok') return { kind: 'done', exit: 'failure', error: outcome.message };
    const choice = choose(outcome.body, saasUser?.identifier ?? '');
    if (choice.kind === 'gone') return gone(vendor, deactivateMissing);
    if (choice.kind === 'unclear') return { kind: 'done', exit: 'failure', error: choice.reason };

    const { match } = choice;
    const assign: Assignment[] = [];
    const set = (field: string, value: unknown) => assign.push({ record: 'saas_user', field, value });
    if (roles) set('roles', namesOf(roles(match), names));
    if (licenses) set('licenses', namesOf(licenses(match), names));
    if (lastActivity) set('last_activity', lastActivity(match) ?? null);
    if (status) set('status', status(match) ?? '');
    return { kind: 'done', exit: 'found', note: `${vendor.title} still has the account.`, assign };
  };
}

type Choice = { kind: 'found'; match: unknown } | { kind: 'gone' } | { kind: 'unclear'; reason: string };

/** Which part of an answer is the account. Nobody is taken for gone because of an answer that makes no sense. */
function prepareChoice({ title, userRole }: Vendor): (body: unknown, identifier: string) => Choice {
  const { items, isWholeList } = userRole;
  const list: Read = reader(items ?? '') ?? ((body) => body);
  const idOf = prepareFinding({ path: userRole.identifier, fallbacks: userRole.identifierFallbacks });
  const unclear = (reason: string): Choice => ({ kind: 'unclear', reason });

  return (body, identifier) => {
    const found = items === null ? [body] : list(body);
    if (!Array.isArray(found)) {
      const what = items === '' ? 'without a list' : `without the list "${items}"`;
      return unclear(`${title} answered ${what}${vendorMessage(body)}, so nothing is known.`);
    }
    if (found.length === 0 && isWholeList)
      return unclear(`${title} listed nobody at all, so nothing is known.`);
    if (found.length === 0) return { kind: 'gone' };

    const matches = found.filter((item) => String(idOf(item)) === identifier);
    if (matches.length === 1) return { kind: 'found', match: matches[0] };
    if (matches.length === 0 && isWholeList) return { kind: 'gone' };
    const ids = found.map(idOf).filter((id) => id !== undefined && id !== null);
    if (ids.length === 0)
      return unclear(
        `${title} answered without "${userRole.identifier}"${vendorMessage(body)}, so nothing is known.`,
      );
    const known = ids.join(', ').slice(0, 200);
    return unclear(
      `${title} answered with another identifier (${known}). It may be somebody else, so nothing is marked.`,
    );
  };
}

/** Reads what a path leads to; undefined where the vendor has no such value. */
function reader(path: string): Read | undefined {
  if (path === '') return undefined;
  const parsed = parsePath(path);
  return (item) => readPath(item, parsed);
}

/** One value counts as a list of one. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

function gone(vendor: Vendor, deactivateMissing: boolean): Done {
  const note = `${vendor.title} has no account with this address.`;
  if (!deactivateMissing) return { kind: 'done', exit: 'not_found', note };
  return {
    kind: 'done',
    exit: 'not_found',
    note,
    assign: [{ record: 'saas_user', field: 'is_deactivated', value: true }],
  };
}
