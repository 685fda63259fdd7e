import { type AgentWork, loadSchema } from '#contract';
import type { UserLoadDeps } from '#engine/user-load';
import type { Post } from './server-client.ts';

/** Writes what a load brings at the server, which decides whom each record means. */
export function createRemoteWriter(post: Post, work: AgentWork, signal: AbortSignal): UserLoadDeps['writer'] {
  const { fence } = work;
  const path = `/loads/${work.load.id}`;
  return {
    async keepNames(_vendorId, lists) {
      await post(`${path}/names`, { fence, lists: lists.map((list) => [...list]) }, signal);
    },
    open: () => ({
      async write({ records, pages, tally }) {
        const answer = await post(`${path}/pages`, { fence, position: tally.read, pages, records }, signal);
        return loadSchema.parse(answer);
      },
      // The server forgets it with the load.
      close: () => undefined,
    }),
  };
}
