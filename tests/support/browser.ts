import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { launchBrowser } from '../../scripts/browser.mjs';
import { freePort, type ServerProcess, startServer } from './server-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shots = join(root, 'tests', 'e2e', 'shots');
const patienceMs = 30_000;

export interface Stage {
  server: ServerProcess;
  browser: Browser;
  /** The server's data folder. */
  data: string;
  close(): Promise<void>;
}

/** A server of its own on an empty data folder, with a sandbox that never says "too many", and a browser before it. */
export async function openStage(settings: Record<string, string> = {}): Promise<Stage> {
  build();
  const data = await mkdtemp(join(tmpdir(), 'rollcall-e2e-'));
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const env = {
    NODE_ENV: '',
    ROLLCALL_SANDBOX: 'on',
    ROLLCALL_SANDBOX_PORT: String(sandboxPort),
    ROLLCALL_SANDBOX_RATE: '100000',
    ...settings,
  };
  const server = await startServer({ data, port, env });
  const browser = await launchBrowser();
  return {
    server,
    browser,
    data,
    async close() {
      await browser.close();
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Builds what has changed since the last build; nothing else is tested. */
function build(): void {
  // The test runner's own NODE_ENV would build the pages for development.
  const { NODE_ENV: _, ...env } = process.env;
  const done = spawnSync(process.execPath, ['scripts/ensure.mjs'], { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`The build failed:\n${done.stdout}${done.stderr}`);
}

export interface Visit {
  page: Page;
  /** What the console and the pages complained about so far. */
  complaints: string[];
  /** Saves what is seen, for whoever reads the failure. */
  shoot(name: string): Promise<void>;
}

/** Saves what the window of a test file shows whenever one of its tests fails. */
export const shootFailures = (seen: () => Visit | undefined): void =>
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await seen()?.shoot(task.name.replaceAll(/\W+/g, '-'));
  });

/** A new window without cookies that writes down every complaint. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.text()} (${message.location().url}, on ${page.url()})`);
    }
  });
  return {
    page,
    complaints,
    async shoot(name) {
      await mkdir(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
    },
  };
}
