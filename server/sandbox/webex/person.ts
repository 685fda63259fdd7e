/** A person as Webex's People API describes one. Source: https://developer.webex.com/docs/api/v1/people */
export interface WebexPerson {
  id: string;
  emails: string[];
  phoneNumbers?: { type: string; value: string; primary?: boolean }[];
  extension?: string;
  locationId?: string;
  displayName: string;
  nickName?: string;
  firstName?: string;
  lastName?: string;
  avatar?: string;
  orgId: string;
  roles: string[];
  licenses: string[];
  department?: string;
  manager?: string;
  managerId?: string;
  title?: string;
  addresses?: WebexAddress[];
  created: string;
  lastModified: string;
  timezone?: string;
  /** Missing when the invitation is pending or the person does not share it. */
  lastActivity?: string;
  siteUrls?: string[];
  sipAddresses?: { type: string; value: string; primary: boolean }[];
  xmppFederationJid?: string;
  status?: string;
  invitePending: boolean;
  loginEnabled: boolean;
  type: 'person' | 'bot' | 'appuser';
}

interface WebexAddress {
  type?: string | undefined;
  country?: string | undefined;
  locality?: string | undefined;
  region?: string | undefined;
  streetAddress?: string | undefined;
  postalCode?: string | undefined;
}

/** Which of a person's properties an answer carries. */
export type WebexView = 'everything' | 'without presence' | 'public' | 'public without presence';

const dayMs = 24 * 60 * 60 * 1000;

/** The person as one caller may see them; only an administrator sees roles, licences and the like. */
export function viewOf(person: WebexPerson, view: WebexView): Partial<WebexPerson> {
  if (view === 'everything') return person;
  if (view === 'public') return publicPart(person);
  const { status: _status, lastActivity: _lastActivity, ...rest } = person;
  return view === 'without presence' ? rest : publicPart(rest);
}

function publicPart(person: Omit<WebexPerson, 'status' | 'lastActivity'>): Partial<WebexPerson> {
  const {
    extension: _1,
    locationId: _2,
    roles: _3,
    licenses: _4,
    department: _5,
    manager: _6,
    ...rest
  } = person;
  const {
    managerId: _7,
    title: _8,
    addresses: _9,
    timezone: _10,
    siteUrls: _11,
    sipAddresses: _12,
    ...most
  } = rest;
  const { xmppFederationJid: _13, invitePending: _14, loginEnabled: _15, ...shared } = most;
  return shared;
}

/** The ids of `people`, told apart by whole days since they were last seen; the answer key for clean-up tests. */
export function sortByActivity(
  people: readonly WebexPerson[],
  { now, days }: { now: number; days: number },
): { inactive: string[]; active: string[]; unknown: string[] } {
  const sorted = { inactive: [] as string[], active: [] as string[], unknown: [] as string[] };
  for (const { id, lastActivity } of people) {
    if (lastActivity === undefined) {
      sorted.unknown.push(id);
      continue;
    }
    const inactiveDays = Math.floor((now - Date.parse(lastActivity)) / dayMs);
    sorted[inactiveDays >= days ? 'inactive' : 'active'].push(id);
  }
  return sorted;
}
