import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchEach } from './each.ts';
import { benchOffboard } from './offboard.ts';

const usage = `npm run bench -- offboard [--people N] [--in-flight N] [--json FILE]
npm run bench -- offboard --each [--runs N] [--at-once N] [--json FILE]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string', default: '10000' },
    'in-flight': { type: 'string', default: '128' },
    each: { type: 'boolean', default: false },
    runs: { type: 'string', default: '1000' },
    'at-once': { type: 'string', default: '20' },
    json: { type: 'string' },
  },
});

if (positionals[0] !== 'offboard') {
  console.error(usage);
  process.exit(2);
}
const result = values.each
  ? await benchEach(Number(values.runs), Number(values['at-once']))
  : await benchOffboard(Number(values.people), Number(values['in-flight']));

console.table(
  Object.fromEntries(Object.entries(result).map(([name, value]) => [name, Number(value.toFixed(3))])),
);
console.log('ratio = floor time / engine time, both measured in this run on this machine');
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
