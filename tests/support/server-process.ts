import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { serverFlags } from '../../scripts/runtime.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerProcess {
  url: string;
  pid: number;
  /** The one-time link, while there is no owner. */
  setupLink: string | undefined;
  /** Everything that it has printed so far. */
  output(): string;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

/** Any free port, asked of the system. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * Starts the built server as its users do, in a process of its own, and waits until it answers. Another `script` is
 * the server from its sources, for tests that build nothing.
 */
export async function startServer(options: {
  data: string;
  port: number;
  env?: Record<string, string>;
  args?: string[];
  script?: string;
}): Promise<ServerProcess> {
  const env = {
    ...process.env,
    ROLLCALL_DATA: options.data,
    ROLLCALL_PORT: String(options.port),
    ROLLCALL_LOG: 'warn',
    ...options.env,
  };
  const child = spawn(
    process.execPath,
    [...serverFlags, options.script ?? 'dist/server/main.js', '--no-open', ...(options.args ?? [])],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const url = `http://127.0.0.1:${options.port}`;
  const exited = once(child, 'exit');

  const ready = new Promise<void>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout! });
    lines.on('line', (line) => {
      output += `${line}\n`;
      if (line.includes(url) && !line.includes('/setup')) resolve();
      if (line.includes('/setup?code=')) setTimeout(resolve, 0);
    });
    exited.then(([code]) =>
      reject(new Error(`The server ended with code ${String(code)} before it was ready:\n${output}`)),
    );
  });
  await ready;
  await answering(url, child);

  return {
    url,
    pid: child.pid!,
    setupLink: /https?:\S+\/setup\?code=\S+/.exec(output)?.[0],
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code as number | null;
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const isUp = await fetch(`${url}/api/v1/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
  }
}

/** Resident memory now and at its peak, in MB, and CPU time in milliseconds, as the kernel counts them. */
export function usageOf(pid: number): { residentMb: number; peakMb: number; cpuMs: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { residentMb: kilobytes('VmRSS') / 1024, peakMb: kilobytes('VmHWM') / 1024, cpuMs: ticks * 10 };
}
