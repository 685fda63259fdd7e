import { parseArgs } from 'node:util';
import { startWebexSandbox } from './webex.ts';

/** Runs the Webex sandbox as a process of its own until it is told to stop. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    state: { type: 'string' },
    people: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '300' },
    latency: { type: 'string', default: '0' },
  },
});

const sandbox = await startWebexSandbox({
  port: Number(values.port),
  peopleCount: Number(values.people),
  requestsPerSecond: Number(values.rate),
  latencyMs: Number(values.latency),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
});
process.stdout.write(`Webex sandbox listening on ${sandbox.url}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
