import { z } from 'zod';
import { Refusal } from '../refusal.ts';

/** A refusal whose message is a code with parameters, as NinjaOne words what is wrong in a body. */
export class NinjaRefusal extends Refusal {
  readonly code: string;
  readonly params: Record<string, string>;

  constructor(status: number, code: string, params: Record<string, string> = {}) {
    super(status, code);
    this.name = 'NinjaRefusal';
    this.code = code;
    this.params = params;
  }
}

/** The body as the schema wants it. Throws 400 naming the first property that is wrong. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new NinjaRefusal(400, 'invalid_value', { field, reason: z.prettifyError(read.error) });
}

/** `{resultCode, errorMessage, incidentId}`; the message is a text or `{code, params}`. */
export function toErrorBody(refusal: Refusal, reference: string) {
  const { message } = refusal;
  const isCoded = refusal instanceof NinjaRefusal;
  const errorMessage = isCoded ? { code: refusal.code, params: refusal.params } : message;
  return { resultCode: 'FAILURE', errorMessage, incidentId: reference };
}
