import { randomUUID } from 'node:crypto';

/** A request that Webex would not carry out: becomes its status and its error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.headers = headers;
  }
}

/** Webex's error body; the same `trackingId` is in the header of every answer. */
export function toErrorBody(message: string, trackingId: string) {
  return { message, errors: [{ description: message }], trackingId };
}

/** A name for one answer, by which Webex's support would find it. */
export function toTrackingId(): string {
  return `ROUTER_${randomUUID().toUpperCase()}`;
}
