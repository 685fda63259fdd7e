import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** A refusal as Webex words it. */
export class WebexRefusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export function trackingId(): string {
  return `ROUTER_${randomUUID().toUpperCase()}`;
}

export function sendRefusal(reply: FastifyReply, { status, message, headers }: WebexRefusal): FastifyReply {
  const id = trackingId();
  return reply
    .code(status)
    .headers({ ...headers, trackingid: id })
    .send({ message, errors: [{ description: message }], trackingId: id });
}
