// Finds a browser for the tests, or gets one. Run by itself it prepares it and says so once.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { root } from './runtime.mjs';

const cache = join(root, '.cache');
const require = createRequire(import.meta.url);

// Our own, and not those of the package: they would switch off web security.
const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/** @typedef {{ executablePath: string, env: Record<string, string>, name: string }} Found */

/**
 * Starts the browser that was found; `options` go to Playwright.
 * @param {import('playwright-core').LaunchOptions} [options]
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser(options = {}) {
  const found = await findBrowser();
  return chromium.launch({
    ...options,
    executablePath: found.executablePath,
    args: [...flags, ...(options.args ?? [])],
    env: { ...process.env, ...found.env, ...(options.env ?? {}) },
  });
}

/**
 * In this order: CHROMIUM_PATH, the one that came with the packages, one of this machine, one that Playwright fetches.
 * @returns {Promise<Found>}
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
    return { executablePath: named, env: {}, name: named };
  }
  return (await unpacked()) ?? installed() ?? fetched();
}

async function unpacked() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const version = packageVersion('@sparticuz/chromium');
  if (version === null) return null;
  const folder = join(cache, 'chromium', version);
  const executablePath = join(folder, 'chromium');
  if (!existsSync(join(folder, 'done'))) unpack(folder);
  // The package brings libraries and fonts of its own, for machines without any.
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') };
  return { executablePath, env, name: `Chromium ${version}, from npm` };
}

function packageVersion(name) {
  const file = join(root, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null;
}

/** Unpacked aside and moved into place, so that a broken attempt is never taken for a browser. */
function unpack(folder) {
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const entry = pathToFileURL(require.resolve('@sparticuz/chromium')).href;
  const script = `const { default: chromium } = await import(${JSON.stringify(entry)}); await chromium.executablePath();`;
  // A process of its own: the package reads these once, and would set others in ours.
  const env = { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { env, stdio: 'pipe' });
  if (done.status !== 0 || !existsSync(join(draft, 'chromium'))) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`The browser from npm could not be unpacked: ${String(done.stderr)}`);
  }
  writeFileSync(join(draft, 'done'), '');
  try {
    renameSync(draft, folder);
  } catch {
    // Somebody else was faster; theirs is as good.
    rmSync(draft, { recursive: true, force: true });
  }
}

function installed() {
  const places = {
    linux: ['google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'].flatMap((name) =>
      (process.env.PATH ?? '').split(':').map((folder) => join(folder, name)),
    ),
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]),
  };
  const file = (places[process.platform] ?? []).find(
    (place) => existsSync(place) && statSync(place).isFile(),
  );
  return file ? { executablePath: file, env: {}, name: file } : null;
}

async function fetched() {
  const file = () => chromium.executablePath();
  if (!existsSync(file())) {
    const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
    const child = spawn(process.execPath, [cli, 'install', '--only-shell', 'chromium'], { stdio: 'inherit' });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    if (code !== 0) throw new Error('No browser was found on this machine, and none could be fetched.');
  }
  return { executablePath: file(), env: {}, name: 'Chromium, fetched by Playwright' };
}

if (import.meta.main ?? process.argv[1] === new URL(import.meta.url).pathname) {
  const said = join(cache, 'browser');
  try {
    const { name } = await findBrowser();
    if (!existsSync(said) || readFileSync(said, 'utf8') !== name)
      console.log(`Browser for the tests: ${name}`);
    mkdirSync(cache, { recursive: true });
    writeFileSync(said, name);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
