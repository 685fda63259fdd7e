import type { Vendor } from '#domain/vendor';
import { webex } from './webex/webex.ts';

/** Every vendor that this server knows, in the order of the alphabet. */
export const vendors: readonly Vendor[] = [webex];
