/** Every way in which a request or a step may fail. The HTTP status of each is decided in `http/plugins/errors.ts`. */
export const errorCodes = [
  'invalid',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'template_error',
  'vendor_rejected',
  'vendor_unavailable',
  'rate_limited',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * A failure that was foreseen. The message says what happened, to what, and what to do next; it is shown to people
 * as it stands, so it never holds a secret, a stack or a file path.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Where the trouble lies, such as `blocks[2].settings.url` or `line 3`. */
  readonly place: string | undefined;

  constructor(code: ErrorCode, message: string, options: { place?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.place = options.place;
  }
}
