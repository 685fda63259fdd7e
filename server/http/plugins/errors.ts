import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Problem } from '#contract';
import { AppError, type ErrorCode } from '#domain/errors';
import type { App } from '../routes.ts';

/** The HTTP status of each code; decided here and nowhere else. */
export const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  template_error: 422,
  vendor_rejected: 502,
  vendor_unavailable: 503,
  rate_limited: 429,
  cancelled: 409,
  internal: 500,
};

const titles: Record<number, string> = {
  400: 'The request is not right',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'In conflict with what is there',
  413: 'Too large',
  415: 'Only JSON is read',
  422: 'A template could not be rendered',
  429: 'Too many requests',
  500: 'Something failed in Rollcall',
  502: 'The vendor refused',
  503: 'Not available now',
};

/** Answers every failure as an RFC 9457 problem document: a stable code, a sentence, a next step; never a stack. */
export function addErrors(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(reply, toProblem(error, request)));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      reply,
      toDocument(
        404,
        'not_found',
        `There is nothing at ${request.method} ${request.url.split('?')[0]}. See /api/v1/openapi.json for what there is.`,
      ),
    ),
  );
}

/** Answers a request whose URL cannot even be matched with a route: before the error handler is asked. */
export function answerBadUrl(error: FastifyError, _request: unknown, reply: unknown): void {
  const what =
    error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? 'A part of the URL is too long'
      : 'The URL is not encoded rightly';
  const detail = `${what}. See /api/v1/openapi.json for what there is.`;
  sendProblem(reply as FastifyReply, toDocument(400, 'invalid', detail));
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

function toProblem(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof AppError) {
    if (error.code === 'internal') request.log.error(error);
    return toDocument(
      statusOf[error.code],
      error.code,
      error.message,
      error.place === undefined ? {} : { place: error.place },
    );
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => ({
      place: instancePath.replace(/^\//, '').replaceAll('/', '.') || (error.validationContext ?? 'request'),
      message: message ?? 'is not right',
    }));
    const [first] = issues;
    return toDocument(400, 'invalid', `${first?.place}: ${first?.message}`, {
      issues,
      ...(first ? { place: first.place } : {}),
    });
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    request.log.error(error);
    return toDocument(
      500,
      'internal',
      'Something failed that nobody foresaw. The log has the details; try again, and report it if it stays.',
    );
  }
  return toDocument(status, status === 429 ? 'rate_limited' : 'invalid', detailOf(error));
}

function detailOf(error: FastifyError): string {
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'Send the body as application/json.';
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'The body is over 1 MB. Send less at once.';
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError)
    return `The body is not valid JSON: ${error.message}`;
  return error.message;
}

function toDocument(status: number, code: string, detail: string, more: Partial<Problem> = {}): Problem {
  return {
    type: `urn:rollcall:problem:${code}`,
    title: titles[status] ?? 'The request failed',
    status,
    code,
    detail,
    ...more,
  };
}
