import { Permit } from '#domain/permit';
import type { VendorCall } from '#engine/vendor-ports';
import { openDatabase } from '../../../server/store/database.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { connectOutbound } from '../world/outbound.ts';
import { startWildVendor, unclearAnswers } from '../world/wild-vendor.ts';

const timeoutMs = 300;
/** What a busy machine may add to a timer. */
const graceMs = 700;
const atOnce = 32;

/**
 * A vendor that gives its answers byte by byte for ever: every call ends at its own time-out, none is taken for
 * answered, and each gives its place back.
 */
export async function slowLoris(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const dribble = unclearAnswers['a body that comes byte by byte for ever']!;
  const vendor = await startWildVendor(() => ({ isPerformed: false, reply: dribble }));
  const database = openDatabase(':memory:');
  const outbound = await connectOutbound(database, vendor.host);
  const found: string[] = [];
  let longestMs = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const sent = await Promise.all(
        Array.from({ length: atOnce }, (_, i) =>
          outbound.client.send(aDeletion(outbound.credentialId, round * atOnce + i), never),
        ),
      );
      for (const { reply, durationMs } of sent) {
        longestMs = Math.max(longestMs, durationMs);
        if (reply.kind !== 'no_answer') found.push(`A dribbled answer counts as ${reply.kind}.`);
        if (durationMs > timeoutMs + graceMs) found.push(`A call took ${Math.round(durationMs)} ms.`);
      }
      // The same people once more: the vendor answers properly now, if anybody still has a place to ask from.
      const again = await outbound.client.send(aDeletion(outbound.credentialId, round * atOnce), never);
      if (again.reply.kind !== 'answered') found.push(`The next call ended as ${again.reply.kind}.`);
      if ((round + 1) % 10 === 0) tell(`${round + 1} of ${rounds} rounds`);
    }
  } finally {
    await outbound.close();
    database.$client.close();
    vendor.close();
  }
  const sentence = `${rounds * atOnce} dribbled answers: the longest held its call for ${Math.round(longestMs)} ms of ${timeoutMs} allowed; ${found.length} broken promises`;
  return toFigure('slow-loris', sentence, found);
}

const never = new AbortController().signal;

function aDeletion(credentialId: string, n: number): VendorCall {
  const call: VendorCall = {
    credential: { id: credentialId },
    class: 'destructive',
    method: 'DELETE',
    url: `/people/wx-p${n}`,
    headers: {},
    body: null,
    timeoutMs,
  };
  return { ...call, permit: new Permit(call, 'webex', () => true) };
}
