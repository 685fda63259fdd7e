import { problem } from '#contract';

/** What the server, or the way to it, answered instead of what was asked for. */
export class ApiError extends Error {
  /** The HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly code: string;
  /** What happened, to what, and what to do next. */
  readonly detail: string;
  readonly place: string | undefined;
  readonly issues: readonly { place: string; message: string }[];

  constructor(fields: {
    status: number;
    code: string;
    detail: string;
    place?: string | undefined;
    issues?: readonly { place: string; message: string }[] | undefined;
    cause?: unknown;
  }) {
    super(fields.detail, { cause: fields.cause });
    this.name = 'ApiError';
    this.status = fields.status;
    this.code = fields.code;
    this.detail = fields.detail;
    this.place = fields.place;
    this.issues = fields.issues ?? [];
  }
}

/** Whether the server was not reached, or could not just then, so that the same may go well a little later. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}

/** Reads a problem document; an answer that is none, such as a proxy's page, becomes a plain sentence. */
export function toApiError(status: number, body: unknown): ApiError {
  const read = problem.safeParse(body);
  if (!read.success) {
    return new ApiError({
      status,
      code: 'internal',
      detail: `The server answered ${status} without a reason.`,
    });
  }
  const { code, detail, place, issues } = read.data;
  return new ApiError({ status, code, detail, place, issues });
}

/** One sentence about any failure, fit to be shown; a text is one already. */
export function sentenceOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error instanceof ApiError) return error.detail;
  return 'Something went wrong in this page. Reload it and try again.';
}
