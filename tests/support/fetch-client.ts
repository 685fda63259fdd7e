import type { VendorClient } from '#engine/vendor-ports';

/** A vendor client without credentials, rules and allowances: it asks, and hands on what came back. */
export const fetchClient: VendorClient = {
  async send({ method, url, headers, body }, signal) {
    const response = await fetch(url, { method, headers, body, signal });
    return {
      reply: {
        kind: 'answered',
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
        isTooLarge: false,
      },
      request: { method, url, headers },
      durationMs: 0,
      secrets: [],
    };
  },
};
