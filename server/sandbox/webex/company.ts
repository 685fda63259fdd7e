import { adminEmail, companyDomain, type Employee, exampleCompany, smallestCompany } from '../company.ts';
import { uuidOf } from '../random.ts';
import { licenseIds, organizationId, roleIds, siteUrl } from './catalog.ts';
import { toWebexId } from './id.ts';
import type { WebexPerson } from './person.ts';

const dayMs = 24 * 60 * 60 * 1000;
const statuses = ['active', 'inactive', 'meeting', 'DoNotDisturb', 'OutOfOffice', 'call', 'presenting'];
const bots = ['Standup', 'Lunch Menu'];

/**
 * The example company's `count` Webex accounts as they are at `now` (milliseconds), two bots among the last of them when
 * there are 20 or more.
 */
export function exampleWebexPeople({ now, count = 1000 }: { now: number; count?: number }): WebexPerson[] {
  const botCount = count >= 20 ? bots.length : 0;
  return [
    ...toWebexPeople(exampleCompany(count - botCount), now),
    ...bots.slice(0, botCount).map((name) => toBot(name, now)),
  ];
}

/** Gives each employee a Webex account. */
function toWebexPeople(employees: readonly Employee[], now: number): WebexPerson[] {
  const byEmail = new Map(employees.map((employee) => [employee.email, employee]));
  return employees.map((employee) => toWebexPerson(employee, byEmail.get(employee.managerEmail), now));
}

/** The account with which the sandbox answers; an organisation is never without an administrator. */
export function exampleAdmin(now: number): WebexPerson {
  return toWebexPeople(exampleCompany(smallestCompany), now).find((one) => one.emails[0] === adminEmail)!;
}

function toWebexPerson(employee: Employee, manager: Employee | undefined, now: number): WebexPerson {
  const { firstName, lastName, email, uuid, office } = employee;
  const created = toTime(now - employee.joinedDaysAgo * dayMs);
  return {
    id: personId(uuid),
    emails: [email],
    phoneNumbers: [{ type: 'work', value: employee.phone, primary: true }],
    displayName: `${firstName} ${lastName}`,
    nickName: firstName,
    firstName,
    lastName,
    ...(digit(uuid, 0) < 11 ? { avatar: `https://avatars.acme.test/${uuid}~1600` } : {}),
    orgId: organizationId,
    roles: rolesOf(employee),
    licenses: digit(uuid, 1) < 12 ? [licenseIds.messaging, licenseIds.meetings] : [licenseIds.messaging],
    department: employee.department,
    ...(manager ? { manager: nameOf(manager), managerId: personId(manager.uuid) } : {}),
    title: employee.title,
    addresses: [addressOf(office)],
    created,
    lastModified: created,
    timezone: office.timeZone,
    sipAddresses: [{ type: 'personal-room', value: `${email.split('@')[0]}@${siteUrl}`, primary: false }],
    ...presenceOf(employee, now),
    loginEnabled: true,
    type: 'person',
  };
}

function presenceOf({ activity, uuid }: Employee, now: number) {
  if (activity.kind === 'invited') return { status: 'pending', invitePending: true };
  if (activity.kind === 'private') return { invitePending: false };
  const status = activity.daysAgo < 5 ? statuses[digit(uuid, 2) % statuses.length]! : 'inactive';
  return { lastActivity: toTime(now - activity.daysAgo * dayMs), status, invitePending: false };
}

function rolesOf({ duty }: Employee): string[] {
  if (duty === 'full admin') return [roleIds.fullAdmin];
  if (duty === 'user admin') return [roleIds.userAdmin];
  return duty === 'read-only admin' ? [roleIds.readOnlyAdmin] : [];
}

function addressOf({ country, region, locality, streetAddress, postalCode }: Employee['office']) {
  return { type: 'work', country, locality, region, streetAddress, postalCode };
}

function toBot(name: string, now: number): WebexPerson {
  const address = `${name.toLowerCase().replace(' ', '-')}-bot@${companyDomain}`;
  const created = toTime(now - 400 * dayMs);
  return {
    id: personId(uuidOf(address)),
    emails: [address],
    displayName: name,
    nickName: name,
    orgId: organizationId,
    roles: [],
    licenses: [],
    created,
    lastModified: created,
    status: 'unknown',
    invitePending: false,
    loginEnabled: true,
    type: 'bot',
  };
}

function personId(uuid: string): string {
  return toWebexId('PEOPLE', uuid);
}

function nameOf({ firstName, lastName }: Employee): string {
  return `${firstName} ${lastName}`;
}

/** One hexadecimal digit of a UUID: a choice from 16 that belongs to the person and never changes. */
function digit(uuid: string, place: number): number {
  return Number.parseInt(uuid[place]!, 16);
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
