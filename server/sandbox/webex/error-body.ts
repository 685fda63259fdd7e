/** Webex's error body; the same `trackingId` is in the header of every answer. */
export function toErrorBody(message: string, trackingId: string) {
  return { message, errors: [{ description: message }], trackingId };
}

/** A name for one answer, by which Webex's support would find it. */
export function toTrackingId(reference: string): string {
  return `ROUTER_${reference.toUpperCase()}`;
}
