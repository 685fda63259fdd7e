#!/usr/bin/env node
// The command line: `rollcall start`, `rollcall token create …`. Works from any folder, on any Node from 20 on.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findRuntime, isNewEnough, noRuntime, root, runOn, serverFlags } from './runtime.mjs';

const program = join(root, 'dist', 'server', 'cli', 'main.js');
const runtime = findRuntime();

if (runtime === null) fail(noRuntime);
else if (!existsSync(program)) fail(`Rollcall is not built yet. Run "npm start" once in ${root}.`);
else if (process.argv[2] === 'start') runOn(runtime, [...serverFlags, program, ...process.argv.slice(2)]);
else if (isNewEnough(process.versions.node)) await import(pathToFileURL(program).href);
else runOn(runtime, [program, ...process.argv.slice(2)]);

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
