import { firstNames, lastNames, toAddressPart } from './company-names.ts';
import { createRandom, type Random, uuidOf } from './random.ts';

export const companyDomain = 'acme.test';
export const adminEmail = `it-admin@${companyDomain}`;

/** How long ago somebody was last seen; `invited` never came, `private` does not let others see it. */
type Activity = { kind: 'seen'; daysAgo: number } | { kind: 'invited' } | { kind: 'private' };

type Duty = 'full admin' | 'user admin' | 'read-only admin' | 'none';

interface Office {
  timeZone: string;
  country: string;
  region: string;
  locality: string;
  streetAddress: string;
  postalCode: string;
}

/** Somebody who works at the example company, before any app has given them an account. */
export interface Employee {
  uuid: string;
  firstName: string;
  lastName: string;
  email: string;
  department: string;
  title: string;
  /** E-mail address of the manager; empty for the one at the top. */
  managerEmail: string;
  office: Office;
  phone: string;
  joinedDaysAgo: number;
  activity: Activity;
  duty: Duty;
}

const offices: readonly Office[] = [
  office('America/Los_Angeles', 'US', 'California', 'San Jose', '170 Alder Drive', '95134'),
  office('America/New_York', 'US', 'New York', 'New York', '9 Foundry Street', '10001'),
  office('Europe/London', 'GB', 'England', 'London', '22 Tanner Row', 'E1 6AN'),
  office('Europe/Berlin', 'DE', 'Berlin', 'Berlin', 'Ackerweg 14', '10115'),
  office('Asia/Kolkata', 'IN', 'Karnataka', 'Bengaluru', '5 Lake Road', '560001'),
  office('Asia/Tokyo', 'JP', 'Tokyo', 'Chiyoda', '3-2-1 Kanda', '101-0041'),
];

const titles: Record<string, readonly string[]> = {
  Engineering: ['Software Engineer', 'Senior Software Engineer', 'Site Reliability Engineer', 'Tester'],
  Sales: ['Account Executive', 'Sales Engineer', 'Sales Development Representative'],
  Support: ['Support Specialist', 'Support Engineer'],
  Marketing: ['Campaign Specialist', 'Writer', 'Designer'],
  Finance: ['Accountant', 'Financial Analyst'],
  People: ['Recruiter', 'People Partner'],
  Operations: ['Buyer', 'Operations Analyst', 'Facilities Specialist'],
  IT: ['Systems Administrator', 'IT Support Specialist'],
};

/** The people whom tests, seeds and documents mention by name; always the first of the company, in this order. */
const cast: readonly (readonly [string, string, string, string, string, Activity, Duty])[] = [
  ['Ada', 'Lovelace', 'ada', 'Engineering', 'Head of Engineering', { kind: 'seen', daysAgo: 1.3 }, 'none'],
  [
    'Grace',
    'Hopper',
    'grace',
    'Engineering',
    'Senior Software Engineer',
    { kind: 'seen', daysAgo: 240 },
    'none',
  ],
  ['Linus', 'Tornberg', 'linus', 'Engineering', 'Software Engineer', { kind: 'invited' }, 'none'],
  ['IT', 'Admin', 'it-admin', 'IT', 'Head of IT', { kind: 'seen', daysAgo: 0.02 }, 'full admin'],
  [
    'Margaret',
    'Hamilton',
    'margaret',
    'IT',
    'Systems Administrator',
    { kind: 'seen', daysAgo: 3.1 },
    'full admin',
  ],
  [
    'Katherine',
    'Johnson',
    'katherine',
    'People',
    'Head of People',
    { kind: 'seen', daysAgo: 0.6 },
    'user admin',
  ],
  ['Alan', 'Turing', 'alan', 'Finance', 'Head of Finance', { kind: 'seen', daysAgo: 8.4 }, 'read-only admin'],
  ['Hedy', 'Lamarr', 'hedy', 'Marketing', 'Head of Marketing', { kind: 'private' }, 'none'],
];

export const smallestCompany = 4;

/**
 * The example company, the same on every machine and at every start. About 70 in 100 were seen within 60 days, 20 were
 * last seen 100 to 900 days ago, 10 have no known activity; nobody was last seen between 60 and 100 days ago.
 */
export function exampleCompany(count = 1000): Employee[] {
  if (!Number.isInteger(count) || count < smallestCompany) {
    throw new RangeError(`The example company has at least ${smallestCompany} people, not ${count}`);
  }
  const random = createRandom(1815);
  const employees = cast.slice(0, count).map((member) => castMember(random, member));
  const addresses = new Set(employees.map((employee) => employee.email));
  const managers = new Map(Object.keys(titles).map((department) => [department, 'ada']));
  for (const [, , address, department, title] of cast) {
    if (title.startsWith('Head of')) managers.set(department, address);
  }
  while (employees.length < count) employees.push(hire(random, addresses, managers));
  return employees;
}

function castMember(random: Random, member: (typeof cast)[number]): Employee {
  const [firstName, lastName, address, department, title, activity, duty] = member;
  const managerEmail = address === 'ada' ? '' : `ada@${companyDomain}`;
  const email = `${address}@${companyDomain}`;
  return {
    ...employment(random, activity),
    firstName,
    lastName,
    email,
    uuid: uuidOf(email),
    department,
    title,
    managerEmail,
    duty,
  };
}

function hire(random: Random, addresses: Set<string>, managers: Map<string, string>): Employee {
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  const email = freeAddress(addresses, `${toAddressPart(firstName)}.${toAddressPart(lastName)}`);
  const department = random.pick(Object.keys(titles));
  return {
    ...employment(random, activityOf(random)),
    firstName,
    lastName,
    email,
    uuid: uuidOf(email),
    department,
    title: random.pick(titles[department]!),
    managerEmail: `${managers.get(department)}@${companyDomain}`,
    duty: 'none',
  };
}

function freeAddress(addresses: Set<string>, wanted: string): string {
  let address = `${wanted}@${companyDomain}`;
  for (let next = 2; addresses.has(address); next += 1) address = `${wanted}${next}@${companyDomain}`;
  addresses.add(address);
  return address;
}

function activityOf(random: Random): Activity {
  const share = random.unit();
  if (share < 0.7) return { kind: 'seen', daysAgo: 0.05 + random.unit() ** 2 * 59.9 };
  if (share < 0.9) return { kind: 'seen', daysAgo: 100 + random.unit() * 800 };
  return { kind: share < 0.95 ? 'invited' : 'private' };
}

function employment(random: Random, activity: Activity) {
  // Somebody who was invited has just joined; anybody else joined before they were last seen.
  const seenDaysAgo = activity.kind === 'seen' ? Math.ceil(activity.daysAgo) : 30;
  const joinedDaysAgo =
    activity.kind === 'invited' ? random.whole(1, 45) : seenDaysAgo + random.whole(20, 1800);
  const phone = `+1 555 01${random.whole(10, 99)} ${random.whole(1000, 9999)}`;
  return { activity, joinedDaysAgo, phone, office: random.pick(offices) };
}

function office(
  timeZone: string,
  country: string,
  region: string,
  locality: string,
  streetAddress: string,
  postalCode: string,
): Office {
  return { timeZone, country, region, locality, streetAddress, postalCode };
}
