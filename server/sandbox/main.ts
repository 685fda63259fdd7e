import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { imitatedVendors, startOnFreePort } from './imitated-vendors.ts';
import type { Sandbox } from './imitation.ts';

/** Runs the imitated vendors, or one of them, as a process of its own until it is told to stop. */
const { values } = parseArgs({
  options: {
    /** Such as `zoom`; all when absent. */
    vendor: { type: 'string' },
    /** Of the first; the others take the next free ones. */
    port: { type: 'string', default: '4010' },
    /** Folder for what they keep. */
    state: { type: 'string' },
    people: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '300' },
    latency: { type: 'string', default: '0' },
  },
});

const wanted = imitatedVendors.filter(({ id }) => values.vendor === undefined || id === values.vendor);
if (wanted.length === 0) {
  const known = imitatedVendors.map(({ id }) => id).join(', ');
  process.stderr.write(`No vendor "${values.vendor}" is imitated. Choose one of ${known}.\n`);
  process.exit(1);
}

const running: Sandbox<unknown>[] = [];
let port = Number(values.port);
for (const { id, title, start } of wanted) {
  const sandbox = await startOnFreePort(port, (free) =>
    start({
      port: free,
      peopleCount: Number(values.people),
      requestsPerSecond: Number(values.rate),
      latencyMs: Number(values.latency),
      ...(values.state !== undefined && { stateFile: join(values.state, `sandbox-${id}.jsonl`) }),
    }),
  );
  running.push(sandbox);
  process.stdout.write(`${title} sandbox listening on ${sandbox.url}\n`);
  if (port !== 0) port = Number(new URL(sandbox.url).port) + 1;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void Promise.all(running.map((one) => one.close())).then(() => process.exit(0)));
}
