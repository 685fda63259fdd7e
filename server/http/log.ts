import type { FastifyServerOptions } from 'fastify';
import type { Config } from '../config.ts';

const secretHeaders = ['req.headers.authorization', 'req.headers.cookie'];

/** One JSON line per event for programs that collect them, and readable lines for somebody at a terminal. */
export function toLogger(log: Config['log']): NonNullable<FastifyServerOptions['logger']> {
  if (log === 'silent') return false;
  const options = { level: log, redact: secretHeaders };
  if (!process.stdout.isTTY || !canPrintPretty()) return options;
  const readable = { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' };
  return { ...options, transport: { target: 'pino-pretty', options: readable } };
}

/** Installations for production leave it out. */
function canPrintPretty(): boolean {
  try {
    import.meta.resolve('pino-pretty');
    return true;
  } catch {
    return false;
  }
}
