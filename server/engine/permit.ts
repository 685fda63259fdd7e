import { AppError } from '../domain/errors.ts';
import { Permit } from '../domain/permit.ts';
import type { Effect } from './effect.ts';
import type { Reservation } from './guard-ports.ts';
import type { VendorCall } from './vendor-ports.ts';

/**
 * Lets a call pass whose intent is committed. Whatever takes something from somebody needs the reservation that the
 * guard gave, and what nobody says the effect of does not pass at all.
 */
export function grantPermit(
  call: VendorCall,
  effect: Effect | undefined,
  reservation: Reservation | null,
  mayLeave: () => boolean,
): Permit {
  const mayHarm = !effect || effect.limitKind !== null || call.class === 'destructive';
  if (mayHarm && reservation === null) {
    throw new AppError('internal', 'A call that takes something from somebody was not judged by the guard.');
  }
  return new Permit(call, effect?.vendorId ?? '', mayLeave);
}
