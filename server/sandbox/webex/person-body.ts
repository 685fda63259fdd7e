import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Roster } from '../roster.ts';
import { grantLicenses, organizationId, roles } from './catalog.ts';
import type { WebexPerson } from './person.ts';

const addressSchema = z.object({
  type: z.string().optional(),
  country: z.string().optional(),
  locality: z.string().optional(),
  region: z.string().optional(),
  streetAddress: z.string().optional(),
  postalCode: z.string().optional(),
});

/** Settable properties only: read-only and unknown ones are passed over, as Webex does. */
const bodySchema = z.object({
  emails: z.array(z.string()).optional(),
  phoneNumbers: z.array(z.object({ type: z.string().optional(), value: z.string() })).optional(),
  displayName: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  avatar: z.string().optional(),
  orgId: z.string().optional(),
  roles: z.array(z.string()).optional(),
  licenses: z.array(z.string()).optional(),
  department: z.string().optional(),
  manager: z.string().optional(),
  managerId: z.string().optional(),
  title: z.string().optional(),
  addresses: z.array(addressSchema).optional(),
  siteUrls: z.array(z.string()).optional(),
  loginEnabled: z.boolean().optional(),
});

export type PersonBody = z.infer<typeof bodySchema>;

/** Reads the body of a creation or an update; refuses with 400 what is not a person. */
export function readPersonBody(body: unknown): PersonBody {
  const read = bodySchema.safeParse(body);
  if (read.success) return read.data;

  const issue = read.error.issues[0]!;
  const place = issue.path.join('.');
  throw new Refusal(
    400,
    place === '' ? 'The body must be a JSON object.' : `Invalid ${place}: ${issue.message}.`,
  );
}

/** The person that a creation asks for. Source: Create a Person. */
export function toNewPerson(
  roster: Roster<WebexPerson>,
  body: PersonBody,
  { id, time }: { id: string; time: string },
): WebexPerson {
  const email = body.emails?.[0];
  if (email === undefined) throw new Refusal(400, 'emails is required.');
  if (![body.displayName, body.firstName, body.lastName].some(isFilled)) {
    throw new Refusal(400, 'At least one of displayName, firstName or lastName is required.');
  }
  checkReferences(body);
  checkEmails(roster, [email], id);

  const name = [body.firstName, body.lastName].filter(isFilled).join(' ');
  return {
    id,
    emails: [email],
    displayName: isFilled(body.displayName) ? body.displayName : name,
    ...optionalDetails(body),
    orgId: organizationId,
    roles: body.roles ?? [],
    licenses: grantLicenses(roster, body.licenses ?? [], []),
    created: time,
    lastModified: time,
    status: 'pending',
    invitePending: true,
    loginEnabled: true,
    type: 'person',
  };
}

/**
 * The person as an update leaves them. "This action expects all user details to be present in the request": what names a
 * person or gives them rights must be there, and any other detail that is not there is lost. Source: Update a Person.
 */
export function toUpdatedPerson(
  roster: Roster<WebexPerson>,
  former: WebexPerson,
  body: PersonBody,
  time: string,
): WebexPerson {
  const needed = ['displayName', 'emails', 'firstName', 'lastName', 'roles', 'licenses'] as const;
  const lacking = needed.filter((key) => former[key] !== undefined && body[key] === undefined);
  if (lacking.length > 0)
    throw new Refusal(400, `All details of the person are required: ${lacking.join(', ')} missing.`);

  const { emails = [], roles: newRoles = [], licenses = [] } = body;
  if (emails.length === 0) throw new Refusal(400, 'emails must not be empty.');
  if (!isFilled(body.displayName)) throw new Refusal(400, 'displayName must not be empty.');
  checkReferences(body);
  checkEmails(roster, emails, former.id);

  const {
    phoneNumbers,
    extension,
    locationId,
    timezone,
    lastActivity,
    sipAddresses,
    xmppFederationJid,
    status,
  } = former;
  const untouched = {
    phoneNumbers,
    extension,
    locationId,
    timezone,
    lastActivity,
    sipAddresses,
    xmppFederationJid,
    status,
  };
  return {
    ...withoutGaps(untouched),
    id: former.id,
    emails,
    displayName: body.displayName,
    ...optionalDetails(body),
    orgId: former.orgId,
    roles: newRoles,
    licenses: grantLicenses(roster, licenses, former.licenses),
    created: former.created,
    lastModified: time,
    invitePending: former.invitePending,
    loginEnabled: body.loginEnabled ?? former.loginEnabled,
    type: former.type,
  };
}

/**
 * Refuses numbers that nobody could dial. Comes after the change: Webex answers 400 for these "but the person was created
 * still". Numbers are otherwise passed over, since only Webex Calling can set them and this organisation has none.
 */
export function checkPhoneNumbers({ phoneNumbers = [] }: PersonBody): void {
  const wrong = phoneNumbers.find(({ value }) => !/^\+?[\d ().-]{3,20}$/.test(value));
  if (wrong) throw new Refusal(400, `Invalid phone number: ${wrong.value}.`);
}

function checkReferences(body: PersonBody): void {
  if (body.orgId !== undefined && body.orgId !== organizationId) {
    throw new Refusal(403, 'The access token gives no rights in this organization.');
  }
  const unknownRole = body.roles?.find((id) => !roles.some((role) => role.id === id));
  if (unknownRole !== undefined) throw new Refusal(400, `Unknown role: ${unknownRole}.`);
}

function checkEmails(roster: Roster<WebexPerson>, emails: readonly string[], id: string): void {
  for (const email of emails) {
    if (!z.email().safeParse(email).success) throw new Refusal(400, `Invalid email address: ${email}.`);
    const owner = roster.findByEmail(email);
    if (owner && owner.id !== id) throw new Refusal(409, 'A person with this email address already exists.');
  }
}

/** Details that are simply taken over. `nickName` cannot be set, it follows the first name. */
function optionalDetails(body: PersonBody) {
  const { firstName, lastName, avatar, department, manager, managerId, title, addresses, siteUrls } = body;
  const details = { firstName, lastName, avatar, department, manager, managerId, title, addresses, siteUrls };
  return withoutGaps({ ...details, nickName: firstName });
}

function withoutGaps<T extends object>(details: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const filled = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}

function isFilled(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
