// Brings a fresh clone to where the next command works: packages, build and, with --test, a browser. Each step happens
// only when it is needed. Built-ins only, and readable by Node 20: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findRuntime, noRuntime, root } from './runtime.mjs';

const flags = new Set(process.argv.slice(2));
const buildStamp = join(root, 'dist', '.built-from');
const built = ['server/main.js', 'server/cli/main.js', 'web/index.html'].map((file) =>
  join(root, 'dist', file),
);
const sources = [
  'server',
  'presets',
  'web',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'vite.server.config.ts',
];

checkNode();
if (!isInstalled()) install();
checkRuntime();
if (!flags.has('--no-build')) buildIfChanged();
if (flags.has('--test')) prepareBrowser();

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) fail(`Rollcall needs Node 20 or newer to begin with; this is ${process.version}.`);
}

/** Whether what npm wrote down of its last installation is what the lock file asks for. */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const there = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null) fail('package-lock.json is missing. Clone the repository again.');
  if (there === null) return false;
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === '') return true;
    const found = there[place];
    return found ? found.version === version : optional === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
}

function install() {
  say('Installing packages…');
  // Windows cannot remove the very program that runs, which `ci` would try.
  const command = process.platform === 'win32' ? 'install' : 'ci';
  const done = npm([command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], 'inherit');
  if (done.status !== 0) {
    fail(
      'The packages could not be installed. Look at the lines above; a missing network is the usual reason.',
    );
  }
}

function npm(args, stdio) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio });
  return spawnSync('npm', args, { cwd: root, stdio, shell: process.platform === 'win32' });
}

function checkRuntime() {
  if (findRuntime() === null) fail(noRuntime);
}

function buildIfChanged() {
  const hash = hashOf(sources);
  const isThere = existsSync(buildStamp) && built.every((file) => existsSync(file));
  if (isThere && readFileSync(buildStamp, 'utf8') === hash) return;

  say('Building…');
  const done = npm(['run', '--silent', 'build'], 'pipe');
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
    fail('The build failed. If you changed nothing, remove the folders dist and node_modules and try again.');
  }
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, hash);
}

function hashOf(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesOf(place))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Every file below a place, in one order on every system. */
function filesOf(place) {
  const path = join(root, place);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [place];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(`${place}/${name}`));
}

function prepareBrowser() {
  const done = spawnSync(findRuntime(), [join(root, 'scripts', 'browser.mjs')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (done.status !== 0) {
    fail('There is no browser for the tests. Install Chrome or Chromium, or name one with CHROMIUM_PATH.');
  }
}

function say(line) {
  console.log(line);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
