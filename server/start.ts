import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '#domain/errors';
import { inSafeMode } from '#domain/guard';
import { buildApp } from './app.ts';
import { openData } from './assembly/access.ts';
import { steadyNow, systemClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { version } from './installation.ts';
import type { Sandbox } from './start-sandbox.ts';
import type { Database } from './store/database.ts';
import { createGuardStore } from './store/guard.ts';
import { findForeignPast, leaveMark } from './store/instance-mark.ts';
import { takeLock } from './store/lock.ts';
import { createSettingsStore } from './store/settings.ts';

const stopWithinMs = 30_000;
const sameSignalMs = 1_000;

export interface StartFlags {
  port: number | undefined;
  opensBrowser: boolean;
  /** False takes it away; true leaves it to the setting. */
  hasSandbox: boolean;
}

/** Reads `--port N`, `--no-open` and `--no-sandbox`. Throws `invalid` for anything else. */
export function readStartFlags(args: readonly string[]): StartFlags {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        'no-sandbox': { type: 'boolean', default: false },
      },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      throw new Error(`"${values.port}" is not a port.`);
    }
    return { port, opensBrowser: !values['no-open'], hasSandbox: !values['no-sandbox'] };
  } catch (cause) {
    throw new AppError(
      'invalid',
      `${(cause as Error).message} The flags are --port N, --no-open and --no-sandbox.`,
      { cause },
    );
  }
}

/** Starts the server as this process's arguments and environment say, and ends the process when it cannot. */
export async function startFromProcess(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const flags = readStartFlags(args);
    const config = readConfig(process.env);
    const hasSandbox = config.hasSandbox && flags.hasSandbox;
    await start({ ...config, port: flags.port ?? config.port, hasSandbox }, flags.opensBrowser);
  } catch (error) {
    process.stderr.write(`${toSentence(error)}\n`);
    process.exit(1);
  }
}

async function start(given: Config, opensBrowser: boolean): Promise<void> {
  const data = resolve(given.data);
  const release = takeLock(data);
  const port = given.port === 0 ? await freePort(given.host) : given.port;
  const config = { ...given, data, port };
  const publicUrl = config.publicUrl ?? `http://${urlHost(config.host)}:${port}`;

  const database = openData(data);
  // Before anything can be resumed: what its later self has done must not be done again.
  const foreignPast = await findForeignPast(database, data, (why) => enterSafeMode(database, why));
  // Five vendors are much to keep in memory where nobody tries them.
  const sandbox = config.hasSandbox
    ? await (await import('./start-sandbox.ts')).startSandbox(config, createSettingsStore(database))
    : undefined;
  const app = await buildApp({ config, database, publicUrl, clock: systemClock, steady: steadyNow, sandbox });

  process.on('unhandledRejection', (error) => app.http.log.error({ err: error }, 'Nobody waited for this.'));
  stopOnSignal(async () => {
    try {
      leaveMark(database, data);
    } catch (error) {
      // The mark of the last start is good enough, and nothing may keep calls from coming back.
      app.http.log.warn({ err: error }, 'The mark of this data folder could not be renewed.');
    }
    await app.stop();
    await sandbox?.close();
    release();
  });
  await app.http.listen({ host: config.host, port });
  await app.resume();

  const code = await app.access.newSetupCode();
  const setupLink = code === undefined ? undefined : `${publicUrl}/setup?code=${code}`;
  process.stdout.write(greeting({ publicUrl, setupLink, data, sandbox, foreignPast }));
  if (opensBrowser && isDesk()) await openBrowser(setupLink ?? publicUrl);
}

interface Facts {
  publicUrl: string;
  setupLink: string | undefined;
  data: string;
  sandbox: Sandbox | undefined;
  /** Why nothing destructive leaves until somebody releases it. */
  foreignPast: string | null;
}

async function enterSafeMode(database: Database, reason: string): Promise<void> {
  const now = systemClock.now();
  await createGuardStore(database).change((content) => inSafeMode(content, reason, now, 'closed'));
}

function greeting({ publicUrl, setupLink, data, sandbox, foreignPast }: Facts): string {
  const imitated = sandbox?.info.vendors.map(({ vendorId, url }) => `${vendorId} at ${url}`).join(', ');
  const lines = [
    `Rollcall ${version} is ready at ${publicUrl}`,
    setupLink && `Set it up with this link, which works once: ${setupLink}`,
    imitated && `Sandbox, to try everything without a real account: ${imitated}`,
    foreignPast &&
      `Safe mode: ${foreignPast} Nothing leaves until it is released under Safety: no call, no load, no e-mail.`,
    `Data: ${data}. Stop with Ctrl+C.`,
  ];
  return `${lines.filter(Boolean).join('\n')}\n`;
}

/** Somebody sits before this machine: not a build, not a remote shell. */
function isDesk(): boolean {
  const { CI, SSH_CONNECTION, SSH_TTY } = process.env;
  return process.stdout.isTTY === true && !CI && !SSH_CONNECTION && !SSH_TTY;
}

async function openBrowser(link: string): Promise<void> {
  const { default: open } = await import('open');
  await open(link).catch(() => undefined);
}

/**
 * The first signal stops in order; one more, or too long a stop, ends the process at once. A terminal sends a signal to
 * every process of a command, and some pass it on: what comes within a second is the same one.
 */
function stopOnSignal(stopAll: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const stop = async () => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > sameSignalMs) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    try {
      await stopAll();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`${toSentence(error)}\n`);
      process.exit(1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** What went wrong, for somebody who reads a terminal. */
export function toSentence(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code, port, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop it, or choose another port with --port or ROLLCALL_PORT.`;
  }
  if (code === 'EACCES' || code === 'EROFS') return `${message}. Choose another folder with ROLLCALL_DATA.`;
  return stack ?? String(error);
}
