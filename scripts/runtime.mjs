// Which Node everything runs on. Built-ins only, and readable by Node 20: it is asked before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const leastVersion = [22, 19];

/** @param {string} version such as `22.19.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastVersion;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** The Node that runs the product: this one when it is new enough, else the one that npm brought; null without one. */
export function findRuntime(current = process.versions.node, folder = join(root, 'node_modules')) {
  if (isNewEnough(current)) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = join(folder, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const manifest = join(folder, name, 'package.json');
  if (!existsSync(file) || !existsSync(manifest)) return null;
  return isNewEnough(JSON.parse(readFileSync(manifest, 'utf8')).version) ? file : null;
}

/**
 * How the server's memory is kept small and its collector out of the way. Left alone, the runtime lets its heap grow
 * with the machine's memory before it cleans up; a run over everybody needs some 60 MB of it, and the rest is room for
 * answers of 10 MB. The nursery starts large enough for all records that are on their way at once: in a smaller one
 * they would be taken for long-lived, and cleaning up after that costs a fifth of the pace. For the same reason nothing
 * may be made among the long-lived from the start, which the runtime would come to do with what a record needs.
 */
export const serverFlags = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=32',
  '--no-allocation-site-pretenuring',
  '--max-old-space-size=768',
];

export const noRuntime = `Rollcall needs Node ${leastVersion.join('.')} or newer. This is Node ${process.versions.node}, and npm has no newer one for ${process.platform} ${process.arch}. Install Node 24 from https://nodejs.org and run this again.`;

/** Runs a program on the runtime and ends as it ends: same signals, same exit code. */
export function runOn(runtime, args) {
  const child = spawn(runtime, args, { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${runtime} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}
