import { parseArgs } from 'node:util';
import { type Role, roles } from '#domain/rights';
import { accessOf } from '../assembly/access.ts';
import { systemClock } from '../clock.ts';
import { withData } from './data-folder.ts';
import { parseUse, wrongUse } from './usage.ts';

const usage = 'Use: rollcall token create --name NAME --role ROLE [--expires-days DAYS]';
const dayMs = 24 * 60 * 60 * 1000;

/** Owners and approvers sign in as people: no script is one. */
const tokenRoles = roles.filter((role) => role !== 'owner' && role !== 'approver');

/** `token create`: prints nothing but the token, so that a script can keep it. Works while the server runs. */
export async function token([action, ...args]: string[]): Promise<void> {
  if (action !== 'create') throw wrongUse(usage);
  const wanted = readWanted(args);
  await withData(async (database) => {
    const access = accessOf(database, systemClock);
    const { name, role, days } = wanted;
    const expiresAt = days === undefined ? null : systemClock.now() + days * dayMs;
    process.stdout.write(`${await access.createToken({ name, role, expiresAt })}\n`);
  });
}

function readWanted(args: string[]): { name: string; role: Role; days: number | undefined } {
  const option = { type: 'string' } as const;
  const options = { name: option, role: option, 'expires-days': option };
  const { name, role, 'expires-days': expires } = parseUse(usage, () => parseArgs({ args, options }).values);
  if (!name || !role) throw wrongUse(usage);
  const found = tokenRoles.find((each) => each === role);
  if (!found) {
    throw wrongUse(`"${role}" is not a role. Choose one of: ${tokenRoles.join(', ')}.`);
  }
  const days = expires === undefined ? undefined : Number(expires);
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 3650)) {
    throw wrongUse('--expires-days is a whole number from 1 to 3650.');
  }
  return { name, role: found, days };
}
