import { takePermit } from '#domain/permit';
import type { SentCall, VendorCall, VendorClient, VendorReply } from '#engine/vendor-ports';

export type Script = (call: VendorCall, n: number) => VendorReply | Promise<VendorReply>;

export interface ScriptedClient extends VendorClient {
  calls: VendorCall[];
}

/** A vendor client that answers by a script and remembers what it was asked. */
export function createScriptedClient(script: Script, secrets: readonly string[] = []): ScriptedClient {
  const calls: VendorCall[] = [];
  return {
    calls,
    async send(call): Promise<SentCall> {
      // As the product's own client: what changes something is let pass by the guard, or fails the test.
      const refusal = takePermit(call);
      if (refusal !== null) throw new Error(`${call.method} ${call.url}: ${refusal}`);
      calls.push(call);
      const reply = await script(call, calls.length);
      const { method, url, headers } = call;
      return { reply, request: { method, url, headers }, durationMs: 1, secrets };
    },
  };
}

export const answer = (
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): VendorReply => ({
  kind: 'answered',
  status,
  headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
  body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  isTooLarge: false,
});
