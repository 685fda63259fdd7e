import { z } from 'zod';

export const protectionKinds = ['address', 'identifier', 'role', 'person_role'] as const;

/** An account, or a kind of accounts, that no workflow may harm. */
export const newProtectionSchema = z.strictObject({
  /**
   * `address`: an e-mail address, or `@domain` for all of a domain. `identifier`: the account's id at the vendor.
   * `role`: a role at the vendor. `person_role`: a role of our people.
   */
  kind: z.enum(protectionKinds),
  /** Null for all vendors. */
  vendorId: z.string().nullable().default(null),
  value: z.string().trim().min(1).max(320),
  note: z.string().trim().max(500).default(''),
});
export type NewProtection = z.infer<typeof newProtectionSchema>;

export const protectionSchema = newProtectionSchema.extend({
  id: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
});
export type Protection = z.infer<typeof protectionSchema>;

/** Who a destructive call is about, as far as it is known from our record and from the vendor's answer. */
export interface Account {
  vendorId: string;
  identifiers: readonly string[];
  /** In any capitals. */
  addresses: readonly string[];
  /** At the vendor, ids and names; null when nobody could tell. */
  roles: readonly string[] | null;
  personRole: string | null;
}

/** Finds what protects an account. */
export type Protections = (account: Account) => Pick<Protection, 'kind' | 'value' | 'note'> | undefined;

/** Arranges the list so that looking up one account takes no longer with thousands of entries. */
export function toProtections(list: readonly Protection[]): Protections {
  const byKey = new Map<string, Protection>();
  for (const protection of list) {
    const { kind, vendorId, value } = protection;
    byKey.set(keyOf(kind, vendorId, value), protection);
  }
  if (byKey.size === 0) return () => undefined;
  const hasRoles = new Set(list.filter(({ kind }) => kind === 'role').map(({ vendorId }) => vendorId));

  return ({ vendorId, identifiers, addresses, roles, personRole }) => {
    const find = (kind: Protection['kind'], value: string) =>
      byKey.get(keyOf(kind, vendorId, value)) ?? byKey.get(keyOf(kind, null, value));
    for (const id of identifiers) {
      const found = find('identifier', id);
      if (found) return found;
    }
    for (const address of addresses) {
      const found = find('address', address) ?? find('address', address.slice(address.lastIndexOf('@')));
      if (found) return found;
    }
    if (personRole !== null) {
      const found = find('person_role', personRole);
      if (found) return found;
    }
    // Where a role protects, an account whose roles nobody knows counts as protected.
    if (roles === null) {
      if (!hasRoles.has(null) && !hasRoles.has(vendorId)) return undefined;
      return { kind: 'role', value: 'unknown', note: 'The vendor did not say which roles the account has.' };
    }
    for (const role of roles) {
      const found = find('role', role);
      if (found) return found;
    }
    return undefined;
  };
}

const keyOf = (kind: string, vendorId: string | null, value: string): string =>
  `${kind}\n${vendorId ?? ''}\n${value.trim().toLowerCase()}`;
