import type { z } from 'zod';
import { Refusal } from '../refusal.ts';

interface FieldError {
  field: string;
  message: string;
}

/** A refusal with Zoom's own number for it. */
export class ZoomRefusal extends Refusal {
  readonly code: number;
  readonly errors: FieldError[];

  constructor(
    status: number,
    code: number,
    { message, errors = [] }: { message: string; errors?: FieldError[] },
  ) {
    super(status, message);
    this.name = 'ZoomRefusal';
    this.code = code;
    this.errors = errors;
  }
}

/** Code 300: something in the request is not as it should be. */
export function notValid(field: string, message: string): ZoomRefusal {
  return new ZoomRefusal(400, 300, { message: 'Validation Failed.', errors: [{ field, message }] });
}

/** The body as the schema wants it. Throws code 300 with every field that is wrong. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const errors = read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new ZoomRefusal(400, 300, { message: 'Validation Failed.', errors });
}

export function noSuchUser(key: string): ZoomRefusal {
  return new ZoomRefusal(404, 1001, { message: `User does not exist: ${key}.` });
}

/** `{code, message, errors?}`; what the server itself found wrong is a validation error too. */
export function toErrorBody(refusal: Refusal) {
  const { message, status } = refusal;
  if (!(refusal instanceof ZoomRefusal)) return { code: status === 400 ? 300 : status, message };
  const { code, errors } = refusal;
  return errors.length > 0 ? { code, message, errors } : { code, message };
}
