import { uuidOf } from '../random.ts';
import type { Roster } from '../roster.ts';
import { toWebexId } from './id.ts';
import type { WebexPerson } from './person.ts';

export const organizationId = toWebexId('ORGANIZATION', uuidOf('webex/acme'));

export const roleIds = {
  fullAdmin: toWebexId('ROLE', 'id_full_admin'),
  userAdmin: toWebexId('ROLE', 'id_user_admin'),
  readOnlyAdmin: toWebexId('ROLE', 'id_readonly_admin'),
  complianceOfficer: toWebexId('ROLE', 'id_compliance_officer'),
} as const;

/** Source: https://developer.webex.com/docs/api/v1/roles */
export const roles: readonly { id: string; name: string }[] = [
  { id: roleIds.fullAdmin, name: 'Full Administrator' },
  { id: roleIds.userAdmin, name: 'User Administrator' },
  { id: roleIds.readOnlyAdmin, name: 'Read-only Administrator' },
  { id: roleIds.complianceOfficer, name: 'Compliance Officer' },
];

export const siteUrl = 'acme.webex.test';

export const licenseIds = {
  messaging: licenseId('MS'),
  meetings: licenseId('EE'),
  webinars: licenseId('EW'),
} as const;

interface License {
  id: string;
  name: string;
  totalUnits: number;
  subscriptionId: string;
  siteUrl?: string;
  siteType?: string;
}

const subscriptionId = 'Sub-acme-1';

/** Source: https://developer.webex.com/docs/api/v1/licenses */
const licenses: readonly License[] = [
  { id: licenseIds.messaging, name: 'Messaging', totalUnits: 1_000_000, subscriptionId },
  {
    id: licenseIds.meetings,
    name: 'Meeting - Webex Enterprise Edition',
    totalUnits: 1_000_000,
    subscriptionId,
    siteUrl,
    siteType: 'Control Hub managed site',
  },
  { id: licenseIds.webinars, name: 'Meeting - Webinar 1000', totalUnits: 25, subscriptionId, siteUrl },
];

/** Every licence with how many of it are in use. */
export function listLicenses(roster: Roster<WebexPerson>) {
  return licenses.map((license) => {
    const consumed = unitsInUse(roster, license.id);
    return { ...license, consumedUnits: consumed, consumedByUsers: consumed, consumedByWorkspaces: 0 };
  });
}

/**
 * Of the licences asked for, those that exist and have a unit left or are held already. The rest is passed over without
 * an error ("the operation will continue with the remaining licenses", Create a Person).
 */
export function grantLicenses(
  roster: Roster<WebexPerson>,
  wanted: readonly string[],
  held: readonly string[],
): string[] {
  return [...new Set(wanted)].filter((id) => {
    const license = licenses.find((one) => one.id === id);
    if (license === undefined) return false;
    return held.includes(id) || unitsInUse(roster, id) < license.totalUnits;
  });
}

function unitsInUse(roster: Roster<WebexPerson>, id: string): number {
  let units = 0;
  for (const person of roster.all()) if (person.licenses.includes(id)) units += 1;
  return units;
}

function licenseId(offer: string): string {
  return toWebexId('LICENSE', `${uuidOf('webex/acme')}:${offer}_${uuidOf(`webex/licenses/${offer}`)}`);
}
