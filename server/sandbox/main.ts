import { parseArgs } from 'node:util';
import { startWebexSandbox } from './webex.ts';

/** The sandbox as a process of its own. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    state: { type: 'string' },
    people: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '300' },
  },
});

const sandbox = await startWebexSandbox({
  port: Number(values.port),
  peopleCount: Number(values.people),
  requestsPerSecond: Number(values.rate),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
});
process.stdout.write(`Webex sandbox listening on ${sandbox.url}\n`);
process.once('SIGTERM', () => void sandbox.close());
