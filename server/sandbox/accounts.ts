import { companyDomain, type Employee, exampleCompany } from './company.ts';
import { uuidOf } from './random.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Who works for the company without working at it: apps know them, the company's own directory does not. */
const contractors: readonly (readonly [string, string, string, number])[] = [
  ['Noor', 'de Vries', 'noor@devries-design.test', 12],
  ['Pablo', 'Iglesias', 'p.iglesias@norte-consulting.test', 2],
  ['Shirin', 'Azadi', 'shirin.azadi@norte-consulting.test', 410],
  ['Otto', 'Lindgren', 'otto@lindgren-audit.test', 150],
];

/** The part of the company that came first: everybody by name has an account everywhere. */
const castSize = 8;

/**
 * Those of the example company who have an account in an app: the people by name, about `share` of the others, and some
 * contractors. Who has one is the same every time and differs from app to app.
 */
export function accountHolders(app: string, { count, share }: { count: number; share: number }): Employee[] {
  const employees = exampleCompany(count);
  const chosen = employees.filter(({ uuid }, at) => at < castSize || chanceOf(`${app}/${uuid}`) < share);
  if (count < 20) return chosen;

  const outside = contractors.filter(([, , email]) => chanceOf(`${app}/${email}`) < 0.75);
  return [...chosen, ...outside.map((contractor) => toHolder(contractor, employees[0]!))];
}

function toHolder(
  [firstName, lastName, email, daysAgo]: (typeof contractors)[number],
  manager: Employee,
): Employee {
  return {
    ...manager,
    uuid: uuidOf(email),
    firstName,
    lastName,
    email,
    department: 'Contractors',
    title: 'Contractor',
    managerEmail: manager.email,
    joinedDaysAgo: daysAgo + 200,
    activity: { kind: 'seen', daysAgo },
    duty: 'none',
  };
}

/** An address that nobody in particular reads. */
export function sharedAddress(name: string): string {
  return `${name}@${companyDomain}`;
}

/** At least 0, below 1; always the same for the same text. */
export function chanceOf(text: string): number {
  return Number.parseInt(uuidOf(text).slice(0, 8), 16) / 2 ** 32;
}

export function daysBefore(nowMs: number, days: number): number {
  return Math.floor(nowMs - days * dayMs);
}
