import { v7 } from 'uuid';

/** What an id names: the prefix makes a stray id readable in a log. */
export const idPrefixes = {
  person: 'per',
  app: 'app',
  saasUser: 'sus',
  field: 'fld',
  credential: 'crd',
  integration: 'int',
  load: 'lod',
  workflow: 'wf',
  version: 'ver',
  run: 'run',
  slot: 'slt',
  notification: 'ntf',
  mail: 'eml',
  operator: 'opr',
  token: 'tok',
  agent: 'agt',
  approval: 'apr',
  protection: 'prt',
  invitation: 'inv',
  ownPreset: 'ops',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** A new id such as `wf_0195…`: ids of one kind sort by the time they were made. */
export type NewId = (kind: IdKind) => string;

export const newId: NewId = (kind) => `${idPrefixes[kind]}_${nextUuid().replaceAll('-', '')}`;

// The runtime needs as long for a few random bytes as for thousands, longer than for all the rest of an id.
const bytesPerId = 16;
const pool = new Uint8Array(256 * bytesPerId);
let poolAt = pool.length;
let lastMs = 0;
let lastSeq = 0;

/** A version 7 UUID, above all that were made before it in this process. */
function nextUuid(): string {
  if (poolAt === pool.length) {
    crypto.getRandomValues(pool);
    poolAt = 0;
  }
  const random = pool.subarray(poolAt, poolAt + bytesPerId);
  poolAt += bytesPerId;
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // Of the 32 bits that count within a millisecond, the highest stays free for counting up.
    lastSeq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else lastSeq += 1;
  return v7({ random, msecs: lastMs, seq: lastSeq });
}
