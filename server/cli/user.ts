import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AppError } from '#domain/errors';
import { type Role, roles } from '#domain/rights';
import type { OperatorService } from '#engine/operator-ports';
import { atConsole } from '#engine/operators';
import { operatorsOf } from '../assembly/command-line.ts';
import { withData } from './data-folder.ts';
import { parseUse, wrongUse } from './usage.ts';

const usage =
  'Use: rollcall user list | invite --name NAME --email ADDRESS --role ROLE | role ADDRESS ROLE | remove ADDRESS';

/** `user …`: who may sign in. Works while the server runs; what it changes counts there at once. */
export async function user([action, ...args]: string[]): Promise<void> {
  const run = actions[action ?? ''];
  if (!run) throw wrongUse(usage);
  await withData(async (database, config) => {
    process.stdout.write(await run(operatorsOf(database, config), args));
  });
}

const actions: Record<string, (operators: OperatorService, args: string[]) => Promise<string>> = {
  async list(operators) {
    const { operators: all, invitations } = await operators.list();
    const lines = [
      ...all.map(({ name, email, role }) => `${email}\t${role}\t${name}`),
      ...invitations.map(({ name, email, role }) => `${email}\t${role}\t${name}\tinvited`),
    ];
    return `${lines.join('\n')}\n`;
  },

  async invite(operators, args) {
    const option = { type: 'string' } as const;
    const { name, email, role } = parseValues(args, { name: option, email: option, role: option });
    if (!name || !email || !role || !z.email().safeParse(email).success) throw wrongUse(usage);
    const { link } = await operators.invite({ name, email, role: toRole(role) }, atConsole);
    return `${link}\n`;
  },

  async role(operators, [email, role]) {
    if (!email || !role) throw wrongUse(usage);
    const { name } = await operators.changeRole(await idOf(operators, email), toRole(role), atConsole);
    return `${name} is ${role} now.\n`;
  },

  async remove(operators, [email]) {
    if (!email) throw wrongUse(usage);
    await operators.remove(await idOf(operators, email), atConsole);
    return `${email} may not sign in any more.\n`;
  },
};

async function idOf(operators: OperatorService, email: string): Promise<string> {
  const { operators: all } = await operators.list();
  const found = all.find((each) => each.email === email.toLowerCase());
  if (!found) throw new AppError('not_found', `There is no operator ${email}. See: rollcall user list.`);
  return found.id;
}

function toRole(text: string): Role {
  const found = roles.find((role) => role === text);
  if (!found) throw wrongUse(`"${text}" is not a role. Choose one of: ${roles.join(', ')}.`);
  return found;
}

function parseValues(
  args: string[],
  options: Record<string, { type: 'string' }>,
): Record<string, string | undefined> {
  return parseUse(usage, () => parseArgs({ args, options }).values as Record<string, string | undefined>);
}
