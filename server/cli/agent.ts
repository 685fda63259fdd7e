import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { agentKey } from '#contract';
import { newId } from '#domain/ids';
import type { Vendor } from '#domain/vendor';
import { vendors } from '#presets';
import { answerQuestion } from '../agent/answer-question.ts';
import { doLoad } from '../agent/do-load.ts';
import { type AgentFolder, openAgent } from '../agent/open-agent.ts';
import { runAgent } from '../agent/run-agent.ts';
import { createPost, persistently } from '../agent/server-client.ts';
import { systemClock } from '../clock.ts';
import { isError, toLine } from '../conformance/finding.ts';
import { version } from '../installation.ts';
import { takeLock } from '../store/lock.ts';
import { readVendorFiles } from '../vendor-files.ts';
import { agentCredential, credentialOptions } from './agent-credential.ts';
import { readConfigHere } from './data-folder.ts';
import { parseUse, wrongUse } from './usage.ts';

const usage = `Use: rollcall agent register --server URL --token TOKEN [--plain-http] [--data FOLDER]
     rollcall agent start [--data FOLDER]
     rollcall agent credential add|list|login|test|remove [--data FOLDER]`;

const text = { type: 'string' } as const;
const options = {
  data: { type: 'string', default: 'agent-data' },
  server: text,
  token: text,
  'plain-http': { type: 'boolean', default: false },
  ...credentialOptions,
} as const;

export type AgentFlags = ReturnType<typeof parse>['values'];

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** `agent …`: does loads near the secrets. Its folder holds its own database, key and credentials. */
export async function agent(args: string[]): Promise<void> {
  const { values: flags, positionals } = parse(args);
  const [action, ...more] = positionals;
  const isKnown = action === 'credential' ? more.length === 1 : more.length === 0;
  if (!isKnown || !['register', 'start', 'credential'].includes(action ?? '')) throw wrongUse(usage);
  const config = readConfigHere();
  const folder = resolve(flags.data);
  const port = Number(flags['login-port']);
  const opened = openAgent({
    ownVendors: readOwnVendors(folder),
    folder,
    clock: systemClock,
    key: config.key,
    allowHosts: config.allowHosts,
    loginUrl: `http://127.0.0.1:${port}`,
  });
  try {
    if (action === 'register') await register(opened, flags);
    else if (action === 'start') await start(opened, folder);
    else await agentCredential(opened, more[0] ?? '', flags);
  } finally {
    await opened.close();
  }
}

/** A file that is refused is told, and the agent works with the others. */
function readOwnVendors(folder: string): Vendor[] {
  const files = readVendorFiles(join(folder, 'vendors'), vendors);
  for (const { file, findings } of files.filter((one) => one.vendor === null)) {
    const wrong = findings.filter(isError).map((finding) => `  ${toLine(finding)}\n`);
    process.stderr.write(`The vendor file ${file} is refused:\n${wrong.join('')}`);
  }
  return files.flatMap(({ vendor }) => vendor ?? []);
}

async function register(folder: AgentFolder, flags: AgentFlags): Promise<void> {
  const { server, token } = flags;
  if (!server || !token) throw wrongUse(usage);
  const url = URL.parse(server);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw wrongUse(`"${server}" is not the URL of a server, such as https://rollcall.acme.test.`);
  }
  if (url.protocol === 'http:' && !loopback.has(url.hostname) && !flags['plain-http']) {
    throw wrongUse(
      'Over http, others on the way could read people and the key of this agent. Use https, or say --plain-http.',
    );
  }
  const given = await createPost(url.origin, null)('/registration', { token, version });
  const { name, key } = agentKey.parse(given);
  await folder.register({ server: url.origin, name, key });
  say(
    `This machine is the agent "${name}" of ${url.origin} now. Add its credentials, then run: rollcall agent start`,
  );
}

async function start(folder: AgentFolder, path: string): Promise<void> {
  const { server, name, key } = await folder.registration();
  const release = takeLock(path);
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort();
  process.once('SIGTERM', stop).once('SIGINT', stop);
  const post = createPost(server, key);
  const { client, vendors, store: credentials, credentials: tests } = folder;
  const deps = { credentials, client, vendors, clock: systemClock, say };
  const loading = { ...deps, post: persistently(post, systemClock), newId };
  say(`The agent "${name}" works for ${server}. Stop with Ctrl+C.`);
  try {
    await runAgent(
      {
        post,
        version,
        credentials: async () =>
          (await credentials.list()).map((one) => ({
            name: one.name,
            vendorId: one.vendorId,
            status: one.status,
          })),
        load: (work, stopped) => doLoad(loading, work, stopped),
        answer: (question, stopped) => answerQuestion({ ...deps, post, tests }, question, stopped),
        clock: systemClock,
        say,
      },
      signal,
    );
  } finally {
    controller.abort();
    release();
  }
}

const parse = (args: string[]) => parseUse(usage, () => parseArgs({ args, options, allowPositionals: true }));

const say = (line: string): void => void process.stdout.write(`${line}\n`);
