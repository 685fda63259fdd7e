import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Lines of JSON that outlive the process, in one file that only ever grows. */
export interface Journal<Line> {
  /** The lines of earlier starts, oldest first. */
  readonly restored: readonly Line[];
  /** Returns when the line is with the operating system: killing this process no longer loses it. */
  append(line: Line): void;
  /** Whatever is appended afterwards is not kept. */
  close(): void;
}

/** Opens or creates the file. Without a file nothing is kept. */
export function openJournal<Line>(file: string | undefined): Journal<Line> {
  if (file === undefined) return { restored: [], append: () => {}, close: () => {} };

  mkdirSync(dirname(file), { recursive: true });
  const restored = existsSync(file) ? readLines<Line>(file) : [];
  let descriptor: number | null = openSync(file, 'a', 0o600);
  return {
    restored,
    append(line) {
      if (descriptor === null) return;
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

function readLines<Line>(file: string): Line[] {
  const bytes = readFileSync(file);
  // A process killed while writing leaves half a line. Nothing was answered for it, so it never happened.
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(file, end);

  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Line);
}
