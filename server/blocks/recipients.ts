import { z } from 'zod';
import {
  mostAddresses,
  operatorIdsSchema,
  type Recipients,
  readAddresses,
  recipientRolesSchema,
} from '#domain/notice';
import { roles } from '#domain/rights';
import type { PrepareContext, StepContext } from '#engine/block';
import { plain } from '#engine/encode';
import { renderText } from '#engine/template';

/** Settings of blocks that turn to people. */
export const recipientSettings = {
  operatorIds: operatorIdsSchema.default([]),
  roles: recipientRolesSchema.default([]),
  addresses: z.string().max(4000).default(''),
};

const roleTitle = (role: string): string => `${role.slice(0, 1).toUpperCase()}${role.slice(1)}s`;
export const roleOptions = roles.map((role) => ({ value: role, label: roleTitle(role) }));

interface Settings {
  operatorIds: string[];
  roles: string[];
  addresses: string;
}

/** Who is meant at a step, or why nobody is. */
export type FindRecipients = (variables: StepContext['variables']) => Recipients | string;

export function prepareRecipients(
  { operatorIds, roles: named, addresses }: Settings,
  context: PrepareContext,
): FindRecipients {
  const template = context.template(addresses, 'addresses');
  return (variables) => {
    const text = renderText(template, variables, { encode: plain, strict: false });
    const read = readAddresses(text);
    if (read.bad.length > 0) return `This is not an e-mail address: ${read.bad[0]?.slice(0, 80)}.`;
    if (read.addresses.length > mostAddresses) {
      return `These are ${read.addresses.length} addresses, and one step writes to ${mostAddresses} at most.`;
    }
    if (operatorIds.length + named.length + read.addresses.length === 0) {
      return `There is no address in ${addresses.trim() || 'the settings'}, so nobody can be written to.`;
    }
    return { operatorIds, roles: named, addresses: read.addresses };
  };
}

/** `2 operators and ada@acme.test` */
export function recipientWords({ operatorIds, roles: named, addresses }: Recipients): string {
  const count = operatorIds.length;
  const parts = [
    ...(count > 0 ? [`${count} ${count === 1 ? 'operator' : 'operators'}`] : []),
    ...named.map((role) => `all ${role}s`),
    ...addresses.slice(0, 3),
    ...(addresses.length > 3 ? [`${addresses.length - 3} more`] : []),
  ];
  return parts.length <= 1 ? (parts[0] ?? 'nobody') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
