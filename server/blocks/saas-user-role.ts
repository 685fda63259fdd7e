import { z } from 'zod';
import { parsePath, readPath } from '#domain/path';
import type { Vendor } from '#domain/vendor';
import { type Assignment, type Decision, type Done, defineBlock } from '#engine/block';
import type { Outcome } from '#engine/outcome';
import type { Subject } from '#engine/ports';
import { prepareRequest, renderFailure } from '#engine/request';

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
    else context.credential(credentialId, 'credentialId');
    if (context.records.kind !== 'saas_users') {
      context.issue(
        'vendorId',
        'This block needs SaaS users. Make a workflow that runs over the SaaS users of an app.',
      );
    }
    if (!vendor) return () => ({ kind: 'done', exit: 'failure', error: 'No vendor is chosen.' });

    const { request, success } = vendor.userRole;
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
          rule: { ...success, notFound: undefined },
          conclude: (outcome) => read(outcome, subject, names),
        };
      } catch (error) {
        return { kind: 'done', exit: 'failure', error: renderFailure(error) };
      }
    };
  },
});

function prepareReading(
  vendor: Vendor,
  deactivateMissing: boolean,
): (outcome: Outcome, subject: Subject, names: ReadonlyMap<string, string>) => Done {
  const { userRole } = vendor;
  const [items, identifier, roles, licenses, status, lastActivity] = [
    userRole.items ?? '',
    userRole.identifier,
    userRole.roles,
    userRole.licenses,
    userRole.status,
    userRole.lastActivity,
  ].map(parsePath) as [Path, Path, Path, Path, Path, Path];

  const namesOf = (ids: unknown, names: ReadonlyMap<string, string>): string[] =>
    (Array.isArray(ids) ? ids : []).map((id) => names.get(`${vendor.id}/${String(id)}`) ?? String(id));

  return (outcome, { saasUser }, names) => {
    if (outcome.kind !== 'ok') return { kind: 'done', exit: 'failure', error: outcome.message };
    const list = readPath(outcome.body, items);
    if (!Array.isArray(list)) {
      return {
        kind: 'done',
        exit: 'failure',
        error: `${vendor.title} answered without the list "${userRole.items}", so nothing is known.`,
      };
    }
    if (list.length === 0) return gone(vendor, deactivateMissing);

    const matches = list.filter((item) => String(readPath(item, identifier)) === saasUser?.identifier);
    if (matches.length !== 1) {
      const found = list
        .map((item) => String(readPath(item, identifier)))
        .join(', ')
        .slice(0, 200);
      const error = `${vendor.title} knows this address under another identifier (${found}). It may be somebody else, so nothing is marked.`;
      return { kind: 'done', exit: 'failure', error };
    }
    const [match] = matches;
    const assign: Assignment[] = [
      { record: 'saas_user', field: 'roles', value: namesOf(readPath(match, roles), names) },
      { record: 'saas_user', field: 'licenses', value: namesOf(readPath(match, licenses), names) },
      { record: 'saas_user', field: 'last_activity', value: readPath(match, lastActivity) ?? null },
      { record: 'saas_user', field: 'status', value: readPath(match, status) ?? '' },
    ];
    return { kind: 'done', exit: 'found', note: `${vendor.title} still has the account.`, assign };
  };
}

type Path = ReturnType<typeof parsePath>;

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
