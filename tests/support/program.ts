import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Program {
  /** Everything that it has printed so far. */
  output(): string;
  /** Resolves once it has printed this text; rejects when it ends before. */
  prints(text: string): Promise<void>;
  /** The code that it ends with. */
  ended: Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** Runs a script of the sources in a process of its own; ended when the test ends. `input` is what is typed into it. */
export function startProgram(
  args: string[],
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Program {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  child.stdin.end(input);
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    output: () => output,
    ended,
    kill,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!output.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended before it printed "${text}":\n${output}`)));
      }),
  };
}
