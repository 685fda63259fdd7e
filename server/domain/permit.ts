import { type CallClass, classOfMethod, type HttpMethod } from './vendor.ts';

/** The part of a call that a permit is given for. */
interface Permitted {
  credential: { id: string } | { name: string };
  class: CallClass;
  method: HttpMethod;
  url: string;
  body: string | null;
}

/**
 * Leave for one call that is not a read: the guard has judged it and its intent is committed. It holds for exactly that
 * request, once. Only `engine/permit.ts` makes any.
 */
export class Permit {
  readonly #call: Readonly<Permitted>;
  readonly #vendorId: string;
  readonly #mayLeave: () => boolean;
  #isUsed = false;

  constructor(call: Permitted, vendorId: string, mayLeave: () => boolean) {
    const { credential, class: callClass, method, url, body } = call;
    this.#call = { credential: { ...credential }, class: callClass, method, url, body };
    this.#vendorId = vendorId;
    this.#mayLeave = mayLeave;
  }

  /** The vendor by whose rules it was judged: it is good for a credential of that vendor only. */
  get vendorId(): string {
    return this.#vendorId;
  }

  /** Whether nothing has come in between since the intent; asked just before the first byte. */
  mayLeave(): boolean {
    return this.#mayLeave();
  }

  /** Whether it is for this call and was not used before. */
  use(call: Permitted): boolean {
    if (this.#isUsed || !isSame(this.#call, call)) return false;
    this.#isUsed = true;
    return true;
  }

  /** Whether a value is one, whatever it looks like. */
  static isOne(value: unknown): value is Permit {
    return typeof value === 'object' && value !== null && #call in value;
  }
}

/** What is not surely a read needs one: the method has the last word. */
const needsPermit = (call: Permitted): boolean =>
  call.class !== 'read' || classOfMethod(call.method) !== 'read';

/** Uses a call's permit. A sentence says why the call must not be sent; null when it may. */
export function takePermit(call: Permitted & { permit?: Permit | undefined }): string | null {
  if (!needsPermit(call)) return null;
  if (Permit.isOne(call.permit) && call.permit.use(call)) return null;
  return 'It was not sent, because it changes something and the guard has not let it pass. Please report this.';
}

/** A call may have been altered in place since its permit was given, so each of its parts is compared. */
function isSame(a: Permitted, b: Permitted): boolean {
  if (a.class !== b.class || a.method !== b.method || a.url !== b.url || a.body !== b.body) return false;
  return nameOf(a.credential) === nameOf(b.credential);
}

const nameOf = (credential: Permitted['credential']): string =>
  'id' in credential ? `id ${credential.id}` : `name ${credential.name}`;
