import { checkUrl, type EgressRules } from './egress.ts';
import { type Answer, type Line, openLine } from './transport.ts';

/** Sends what needs no credential of ours to be added: token requests. The same rules hold as for every call. */
export interface Egress {
  /** Null when a URL may be sent to, else why not. */
  refusal(url: string): string | null;
  isAllowedUrl(url: string): boolean;
  post(url: string, headers: string[], body: string, timeoutMs: number): Promise<Answer>;
  close(): Promise<void>;
}

const connectionsPerOrigin = 4;

export function createEgress(rules: EgressRules): Egress {
  const lines = new Map<string, Line>();

  const refusal = (url: string): string | null => {
    const checked = checkUrl(url, rules);
    return checked instanceof URL ? null : checked.reason;
  };

  return {
    refusal,
    isAllowedUrl: (url) => refusal(url) === null,
    async post(text, headers, body, timeoutMs) {
      const url = checkUrl(text, rules);
      if (!(url instanceof URL)) return { kind: 'not_sent', reason: url.reason };
      let line = lines.get(url.origin);
      if (line === undefined) {
        line = openLine(url.origin, connectionsPerOrigin, rules);
        lines.set(url.origin, line);
      }
      const path = `${url.pathname}${url.search}`;
      return await line.send({ path, method: 'POST', headers, body, timeoutMs });
    },
    async close() {
      await Promise.all([...lines.values()].map((line) => line.close()));
      lines.clear();
    },
  };
}
