// The server, started again when its sources change, and the pages with hot reload beside it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findRuntime, noRuntime, root } from './runtime.mjs';

const runtime = findRuntime();
if (runtime === null) {
  console.error(noRuntime);
  process.exit(1);
}

const programs = [
  ['--watch', '--watch-preserve-output', join(root, 'server', 'main.ts'), '--no-open'],
  [join(root, 'node_modules', 'vite', 'bin', 'vite.js')],
];
const children = programs.map((args) => spawn(runtime, args, { cwd: root, stdio: 'inherit' }));

let isEnding = false;
function end(code) {
  if (isEnding) return;
  isEnding = true;
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
for (const child of children) child.on('exit', (code) => end(code ?? 1));
