import type { Lane } from '../domain/pace.ts';
import type { RunRow } from './run-store-ports.ts';
import type { VendorClient } from './vendor-ports.ts';

/** A client whose calls wait in this lane, and take turns with those of other groups. */
export const inLane = (client: VendorClient, lane: Lane, group: string): VendorClient => ({
  send: (call, signal) => client.send({ ...call, lane, group }, signal),
});

/** How urgent the calls of a run are: somebody looks at what was started by hand. */
export const laneOf = ({ lane }: Pick<RunRow, 'lane'>): Lane => lane;
