import { maskSecrets } from '#domain/mask';
import type { VendorClient } from '#engine/vendor-ports';
import type { Post } from './server-client.ts';

export interface Leaks {
  client: VendorClient;
  post: Post;
  say(line: string): void;
}

/** A vendor may send a secret back, in a record or in a refusal: it is masked before it leaves this machine. */
export function withoutSecrets<Deps extends Leaks>(deps: Deps): Deps {
  const { client, post, say } = deps;
  let secrets: readonly string[] = [];
  return {
    ...deps,
    client: {
      ...client,
      async send(call, signal) {
        const sent = await client.send(call, signal);
        // A refresh may change them in mid-load; a page that is on its way may still hold the old ones.
        const fresh = sent.secrets.filter((secret) => !secrets.includes(secret));
        if (fresh.length > 0) secrets = [...secrets, ...fresh];
        return sent;
      },
    },
    post: (path, body, signal) => post(path, maskSecrets(body, secrets), signal),
    say: (line) => say(maskSecrets(line, secrets)),
  };
}
