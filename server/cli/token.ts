import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '#domain/errors';
import { type Role, roles } from '#domain/rights';
import { accessOf, openData } from '../assembly/access.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';

const usage = 'Use: rollcall token create --name NAME --role ROLE [--expires-days DAYS]';
const dayMs = 24 * 60 * 60 * 1000;

/** Owners and approvers sign in as people: no script is one. */
const tokenRoles = roles.filter((role) => role !== 'owner' && role !== 'approver');

/** `token create`: prints nothing but the token, so that a script can keep it. Works while the server runs. */
export async function token([action, ...args]: string[]): Promise<void> {
  if (action !== 'create') throw new AppError('invalid', usage, { place: 'usage' });
  const wanted = readWanted(args);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const data = resolve(readConfig(process.env).data);
  if (!existsSync(join(data, 'rollcall.db'))) {
    throw new AppError(
      'not_found',
      `There is no Rollcall data in "${data}". Start the server once, or name the folder with ROLLCALL_DATA.`,
    );
  }
  const database = openData(data);
  try {
    const access = accessOf(database, systemClock);
    const { name, role, days } = wanted;
    const expiresAt = days === undefined ? null : systemClock.now() + days * dayMs;
    process.stdout.write(`${await access.createToken({ name, role, expiresAt })}\n`);
  } finally {
    database.$client.close();
  }
}

function readWanted(args: string[]): { name: string; role: Role; days: number | undefined } {
  const { name, role, 'expires-days': expires } = parse(args);
  if (!name || !role) throw new AppError('invalid', usage, { place: 'usage' });
  const found = tokenRoles.find((each) => each === role);
  if (!found) {
    throw new AppError('invalid', `"${role}" is not a role. Choose one of: ${tokenRoles.join(', ')}.`, {
      place: 'usage',
    });
  }
  const days = expires === undefined ? undefined : Number(expires);
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 3650)) {
    throw new AppError('invalid', '--expires-days is a whole number from 1 to 3650.', { place: 'usage' });
  }
  return { name, role: found, days };
}

function parse(args: string[]) {
  try {
    const option = { type: 'string' } as const;
    return parseArgs({ args, options: { name: option, role: option, 'expires-days': option } }).values;
  } catch (cause) {
    throw new AppError('invalid', `${(cause as Error).message}. ${usage}`, { place: 'usage', cause });
  }
}
