import { z } from 'zod';
import { AppError } from './domain/errors.ts';

const onOff = z.enum(['on', 'off']);
const port = z.coerce.number().int().min(0).max(65_535);

/** Every setting of the environment: its default and what it means. The table in the README is made from this. */
export const configSchema = z.object({
  ROLLCALL_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on. Anything but loopback needs an https ROLLCALL_PUBLIC_URL.'),
  ROLLCALL_PORT: port.default(8080).describe('Port to listen on.'),
  ROLLCALL_DATA: z.string().default('data').describe('Folder for the database, the key and the sandbox.'),
  ROLLCALL_KEY: z
    .string()
    .optional()
    .describe('Encryption key, 32 bytes in base64 or hex. Made and kept in the data folder when absent.'),
  ROLLCALL_NEXT_KEY: z
    .string()
    .optional()
    .describe('Only for `rollcall key rotate`: the key that takes the place of ROLLCALL_KEY.'),
  ROLLCALL_PUBLIC_URL: z
    .url()
    .optional()
    .describe('Where browsers reach this server. Part of OAuth redirect URLs.'),
  ROLLCALL_ALLOW_HOSTS: z
    .string()
    .default('')
    .describe('Private hosts that vendors may live on, such as 127.0.0.1:4010, separated by commas.'),
  ROLLCALL_SANDBOX: onOff
    .optional()
    .describe('Whether to start the imitated vendors: on, off. On by default outside production.'),
  ROLLCALL_SANDBOX_PORT: port
    .default(4010)
    .describe('First port to try for the sandboxes; each takes the next free one.'),
  ROLLCALL_SANDBOX_RATE: z.coerce
    .number()
    .int()
    .min(1)
    .default(300)
    .describe('Requests a second that sandboxes allow of vendors that publish no number.'),
  ROLLCALL_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(16)
    .describe('Calls on their way to a vendor at once, per credential.'),
  ROLLCALL_HISTORY_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .default(90)
    .describe(
      'Days that details are kept: the steps of ended runs with their requests and answers, the logs of loads, past times of schedules. Counts stay, and what was done to whom.',
    ),
  ROLLCALL_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .refine(hasReadableEscapes, 'write a percent sign in the user or password as %25')
    .optional()
    .describe(
      'Mail server for e-mails, such as smtps://user:password@mail.acme.test. None are sent without.',
    ),
  ROLLCALL_MAIL_FROM: z
    .string()
    .optional()
    .describe('Sender of e-mails, such as Rollcall <rollcall@acme.test>. Needed with ROLLCALL_SMTP_URL.'),
  ROLLCALL_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .describe('How much is logged.'),
  ROLLCALL_DATABASE_URL: z.string().optional().describe('Kept for PostgreSQL, which a later version brings.'),
  NODE_ENV: z.string().default('').describe('"production" starts no sandbox by itself.'),
});

export interface Config {
  host: string;
  port: number;
  data: string;
  key: string | undefined;
  nextKey: string | undefined;
  publicUrl: string | undefined;
  allowHosts: string[];
  hasSandbox: boolean;
  sandboxPort: number;
  sandboxRate: number;
  concurrency: number;
  /** How long details of what happened are kept. */
  historyDays: number;
  /** Null: no e-mails are sent. */
  mail: { url: string; from: string } | null;
  log: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Also where the text is no URL: that is told in words of its own. */
function hasReadableEscapes(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {};
  try {
    decodeURIComponent(`${username}${password}`);
    return true;
  } catch {
    return false;
  }
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/** Reads the environment. Throws `invalid` naming the setting and what it should be. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = configSchema.safeParse(env);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    throw new AppError(
      'invalid',
      `The setting ${String(problem?.path[0])} is not usable: ${problem?.message}.`,
    );
  }
  const e = parsed.data;
  if (e.ROLLCALL_DATABASE_URL !== undefined) {
    throw new AppError(
      'invalid',
      'ROLLCALL_DATABASE_URL is set, but this version keeps its data in SQLite only. Remove the setting.',
    );
  }
  const isOpen = !loopback.has(e.ROLLCALL_HOST);
  if (isOpen && !e.ROLLCALL_PUBLIC_URL?.startsWith('https://')) {
    throw new AppError(
      'invalid',
      `ROLLCALL_HOST is ${e.ROLLCALL_HOST}, which others can reach. Set ROLLCALL_PUBLIC_URL to the https address of the proxy in front, or listen on 127.0.0.1.`,
    );
  }
  const { ROLLCALL_SMTP_URL: smtpUrl, ROLLCALL_MAIL_FROM: mailFrom } = e;
  if (smtpUrl !== undefined && !mailFrom?.includes('@')) {
    throw new AppError(
      'invalid',
      'ROLLCALL_SMTP_URL is set, but not who sends. Set ROLLCALL_MAIL_FROM to an address such as rollcall@acme.test.',
    );
  }
  return {
    host: e.ROLLCALL_HOST,
    port: e.ROLLCALL_PORT,
    data: e.ROLLCALL_DATA,
    key: e.ROLLCALL_KEY,
    nextKey: e.ROLLCALL_NEXT_KEY,
    publicUrl: e.ROLLCALL_PUBLIC_URL?.replace(/\/$/, ''),
    allowHosts: e.ROLLCALL_ALLOW_HOSTS.split(',')
      .map((host) => host.trim())
      .filter(Boolean),
    hasSandbox: e.ROLLCALL_SANDBOX === undefined ? e.NODE_ENV !== 'production' : e.ROLLCALL_SANDBOX === 'on',
    sandboxPort: e.ROLLCALL_SANDBOX_PORT,
    sandboxRate: e.ROLLCALL_SANDBOX_RATE,
    concurrency: e.ROLLCALL_CONCURRENCY,
    historyDays: e.ROLLCALL_HISTORY_DAYS,
    mail: smtpUrl === undefined ? null : { url: smtpUrl, from: mailFrom ?? '' },
    log: e.ROLLCALL_LOG,
  };
}
