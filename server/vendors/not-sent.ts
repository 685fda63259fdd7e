import type { VendorReply } from '#engine/vendor-ports';

/** What comes of a call that was kept here. */
export function notSent(reason: string, isPermanent: boolean, isUnauthorized: boolean): VendorReply {
  return { kind: 'not_sent', reason, isPermanent, isUnauthorized };
}

export const noCredential = (name: string): VendorReply =>
  notSent(`There is no credential "${name}". Choose another one.`, true, true);

export const cancelled = notSent('The call was cancelled.', false, false);
