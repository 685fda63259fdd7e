import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { credentialInput } from '#contract';
import { authKinds, type Credential, credentialKinds } from '#domain/credential';
import { AppError } from '#domain/errors';
import type { AuthKind } from '#domain/vendor';
import { logIn } from '../agent/login.ts';
import type { AgentFolder } from '../agent/open-agent.ts';
import type { AgentFlags } from './agent.ts';
import { wrongUse } from './usage.ts';

const text = { type: 'string' } as const;

export const credentialOptions = {
  name: text,
  vendor: text,
  kind: text,
  'client-id': text,
  scopes: text,
  'account-id': text,
  username: text,
  'base-url': text,
  'authorize-url': text,
  'token-url': text,
  'login-port': { type: 'string', default: '8099' },
} as const;

const usage = `Use: rollcall agent credential add --name NAME --vendor VENDOR [--kind KIND] [--client-id ID] [--scopes "A B"]
         [--account-id ID] [--username NAME] [--base-url URL] [--authorize-url URL] [--token-url URL]
       It asks for the secret, or reads it from a pipe. Kinds: ${authKinds.join(', ')}.
     rollcall agent credential list
     rollcall agent credential login --name NAME [--login-port PORT]
     rollcall agent credential test --name NAME
     rollcall agent credential remove --name NAME`;

/** `agent credential …`. Secrets come in by the terminal or a pipe, never as an argument that others could read. */
export async function agentCredential(folder: AgentFolder, action: string, flags: AgentFlags): Promise<void> {
  if (action === 'list') return await list(folder);
  const { name } = flags;
  if (!name || !['add', 'login', 'test', 'remove'].includes(action)) {
    throw wrongUse(usage);
  }
  if (action === 'add') return await add(folder, name, flags);

  const found = (await folder.store.findByName(name))?.credential;
  if (!found) throw new AppError('not_found', `This agent has no credential "${name}".`);
  if (action === 'login') return await login(folder, found, Number(flags['login-port']));
  if (action === 'test') {
    const { isOk, message } = await folder.credentials.test(found.id);
    if (!isOk) throw new AppError('vendor_rejected', message);
    return say(message);
  }
  await folder.credentials.remove(found.id);
  say(`The credential "${name}" is removed.`);
}

async function list({ credentials }: AgentFolder): Promise<void> {
  const all = await credentials.list();
  if (all.length === 0) say('There are no credentials yet. Add one with: rollcall agent credential add');
  for (const { name, vendorId, status, problem } of all) {
    say([name, vendorId, status.replaceAll('_', ' '), problem ?? ''].join('\t').trimEnd());
  }
}

async function add(folder: AgentFolder, name: string, flags: AgentFlags): Promise<void> {
  const vendor = folder.vendors.find(flags.vendor ?? '');
  if (!vendor) {
    const known = folder.vendors.list().map(({ id }) => id);
    throw wrongUse(`Name its vendor with --vendor: ${known.join(', ')}.`);
  }
  const kind = (flags.kind ?? vendor.auth[0]?.kind ?? 'oauth2') as AuthKind;
  if (!authKinds.includes(kind)) {
    throw wrongUse(`"${kind}" is not a kind. Choose one of: ${authKinds.join(', ')}.`);
  }
  const { secret, secretLabel } = credentialKinds[kind];
  const inputs = { account_id: flags['account-id'] ?? '', username: flags.username ?? '' };
  const draft = credentialInput.safeParse({
    name,
    vendorId: vendor.id,
    kind,
    clientId: flags['client-id'] ?? '',
    scopes: flags.scopes ?? '',
    inputs,
    baseUrl: flags['base-url'],
    authorizeUrl: flags['authorize-url'],
    tokenUrl: flags['token-url'],
    [secret]: await readSecret(secretLabel),
  });
  if (!draft.success) {
    const [issue] = draft.error.issues;
    throw new AppError('invalid', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { credential } = await folder.credentials.create(draft.data);
  const isLogin = credentialKinds[kind].token === 'login';
  const next = isLogin ? ` Now log in with: rollcall agent credential login --name "${name}"` : '';
  say(`The credential "${name}" is kept, ${credential.status.replaceAll('_', ' ')}.${next}`);
}

async function login({ credentials }: AgentFolder, { id, name }: Credential, port: number): Promise<void> {
  if (!(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw wrongUse('--login-port is a port from 1 to 65535.');
  }
  const { redirectUrl } = await credentials.find(id);
  await logIn(credentials, id, {
    port,
    show(authorizeUrl) {
      say(`The app at the vendor must allow this redirect URL: ${redirectUrl}`);
      say(`Open this page in a browser on this machine and log in: ${authorizeUrl}`);
    },
  });
  say(`The credential "${name}" is authenticated.`);
}

/** One line, unseen while it is typed. */
async function readSecret(label: string): Promise<string> {
  const { isTTY } = process.stdin;
  if (isTTY) process.stderr.write(`${label}: `);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: isTTY });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
    if (isTTY) process.stderr.write('\n');
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
