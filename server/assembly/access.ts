import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '#domain/ids';
import { createAccess } from '#engine/access';
import type { Access } from '#engine/access-ports';
import type { OperatorDeps } from '#engine/operators';
import type { Clock } from '#engine/ports';
import { vendors as vendorList } from '#presets';
import { systemClock } from '../clock.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { createOperatorsStore } from '../store/invitations.ts';
import { createOperatorStore } from '../store/operators.ts';
import { argon2Passwords } from '../store/passwords.ts';
import { createSessionStore } from '../store/sessions.ts';
import { createSettingsStore } from '../store/settings.ts';
import { createTokenStore } from '../store/tokens.ts';
import { createVendorDefinitionStore } from '../store/vendor-definitions.ts';
import { createVendorRegistry } from '../vendor-registry.ts';

/** Opens the database of the data folder. */
export function openData(dataFolder: string): Database {
  mkdirSync(dataFolder, { recursive: true });
  return openDatabase(join(dataFolder, 'rollcall.db'));
}

/** The built-in vendors, and operators' own from the folder, or those that were read before. */
export function vendorsOf(
  database: Database,
  folder: string | null,
  clock: Pick<Clock, 'now'> = systemClock,
) {
  const store = createVendorDefinitionStore(database);
  return createVendorRegistry({ builtIn: vendorList, folder, store, clock });
}

/** Who may come in, on a database: what the command line needs, too. */
export function accessOf(database: Database, clock: Pick<Clock, 'now'>): Access {
  return createAccess({
    operators: createOperatorStore(database),
    sessions: createSessionStore(database),
    tokens: createTokenStore(database),
    settings: createSettingsStore(database),
    passwords: argon2Passwords,
    random: randomText,
    clock,
    newId,
  });
}

export const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** What both the server and the command line know of operators. */
export const operatorDeps = (database: Database, sendsMail: boolean) =>
  ({
    store: createOperatorsStore(database, newId),
    passwords: argon2Passwords,
    random: randomText,
    newId,
    sendsMail,
  }) satisfies Partial<OperatorDeps>;
