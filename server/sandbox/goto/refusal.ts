import { Refusal } from '../refusal.ts';

/** A refusal with GoTo's own word for it. */
export class GotoRefusal extends Refusal {
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(status, message);
    this.name = 'GotoRefusal';
    this.errorCode = errorCode;
  }
}

export function notAuthenticated(): GotoRefusal {
  return new GotoRefusal(401, 'not.authenticated', 'The request is not authenticated.');
}

export function notValid(message: string): GotoRefusal {
  return new GotoRefusal(400, 'INVALID_REQUEST', message);
}

export function notAllowed(message: string): GotoRefusal {
  return new GotoRefusal(403, 'FORBIDDEN', message);
}

export function notFound(what: string): GotoRefusal {
  return new GotoRefusal(404, 'NOT_FOUND', `${what} was not found.`);
}

/** `{errorCode, message}`; where a right is missing, `description` stands for `message`. */
export function toErrorBody(refusal: Refusal) {
  const { message, status } = refusal;
  if (!(refusal instanceof GotoRefusal)) {
    return { errorCode: status < 500 ? 'INVALID_REQUEST' : 'INTERNAL_ERROR', message };
  }
  const { errorCode } = refusal;
  return status === 403 ? { errorCode, description: message } : { errorCode, message };
}
