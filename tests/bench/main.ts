import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchEach } from './each.ts';
import { benchFaults } from './faults.ts';
import { benchFelt } from './felt.ts';
import { benchLatency } from './latency.ts';
import { benchLoad } from './load.ts';
import { benchOffboard } from './offboard.ts';
import { benchReads } from './reads.ts';
import { benchTemplates, isAsPromised, type TemplatesResult } from './templates.ts';
import { benchTimers } from './timers.ts';

const usage = `npm run bench -- offboard [--people N] [--in-flight N] [--json FILE]
npm run bench -- offboard --each [--runs N] [--at-once N] [--json FILE]
npm run bench -- felt [--people N] [--in-flight N] [--json FILE]
npm run bench -- reads [--people N] [--in-flight N] [--json FILE]
npm run bench -- latency [--people N] [--in-flight N] [--latency MS] [--json FILE]
npm run bench -- load [--people N] [--json FILE]
npm run bench -- timers [--waiting N] [--due N] [--json FILE]
npm run bench -- templates [--json FILE]
npm run bench -- faults [--json FILE]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string' },
    'in-flight': { type: 'string', default: '128' },
    each: { type: 'boolean', default: false },
    runs: { type: 'string', default: '1000' },
    'at-once': { type: 'string', default: '20' },
    latency: { type: 'string', default: '50' },
    waiting: { type: 'string', default: '100000' },
    due: { type: 'string', default: '1000' },
    json: { type: 'string' },
  },
});

const [kind] = positionals;

async function run(): Promise<object | undefined> {
  if (kind === 'load') return await benchLoad(Number(values.people ?? 100_000));
  if (kind === 'latency') {
    const { people = 10_000, latency, 'in-flight': atOnce } = values;
    return await benchLatency(Number(people), Number(atOnce), Number(latency));
  }
  if (kind === 'felt') return await benchFelt(Number(values.people ?? 100_000), Number(values['in-flight']));
  if (kind === 'timers') return await benchTimers(Number(values.waiting), Number(values.due));
  if (kind === 'templates') return benchTemplates();
  if (kind !== 'offboard') return undefined;
  if (values.each) return await benchEach(Number(values.runs), Number(values['at-once']));
  return await benchOffboard(Number(values.people ?? 10_000), Number(values['in-flight']));
}

if (kind === 'faults') {
  const rows = await benchFaults((row) => console.log(JSON.stringify(row)));
  console.table(rows);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  process.exit(rows.every(({ isAsNeeded }) => isAsNeeded) ? 0 : 1);
}
if (kind === 'reads') {
  const rows = await benchReads(Number(values.people ?? 100_000), Number(values['in-flight']));
  console.table(rows.map(({ read, ...row }) => ({ read, ...rounded(row) })));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  process.exit(0);
}
const result = await run();
if (!result) {
  console.error(usage);
  process.exit(2);
}
console.table(rounded(result));
if ('ratio' in result)
  console.log('ratio = floor time / own time, both measured in this run on this machine');
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
if ('attacks' in result && !isAsPromised(result as TemplatesResult)) process.exit(1);

function rounded(row: object): Record<string, number> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value.toFixed(3))]));
}
