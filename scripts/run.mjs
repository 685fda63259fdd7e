// `node scripts/run.mjs FILE …`: runs a file on the product's own runtime, whichever Node reads this line. A shell may
// remember the machine's old Node from before the packages were installed.
import { findRuntime, noRuntime, runOn } from './runtime.mjs';

const runtime = findRuntime();
if (runtime === null) {
  console.error(noRuntime);
  process.exit(1);
}
runOn(runtime, process.argv.slice(2));
