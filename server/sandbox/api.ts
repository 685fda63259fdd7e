import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Imitation } from './imitation.ts';
import { Refusal } from './refusal.ts';
import { type Call, newCall, type World } from './world.ts';

interface ApiOptions<Person> {
  imitation: Imitation<Person>;
  world: World<Person>;
  latencyMs: number;
}

/** The call that a request to the API is. */
export function callOf<Person>(request: FastifyRequest): Call<Person> {
  return request.getDecorator<Call<Person>>('call');
}

/**
 * Everything that the vendor answers. Each call is met by faults first, then by the vendor's own admission, then by its
 * route; its ledger entry and its changes are kept before the answer leaves.
 */
export function serveApi<Person>(app: FastifyInstance, options: ApiOptions<Person>): void {
  const { imitation } = options;
  app.addHook('onRequest', (request, reply) => receive(options, request, reply));

  app.addHook('onSend', async (request, reply, answer) => {
    const call = request.getDecorator<Call<Person> | null>('call');
    return call && !call.isRecorded ? finish(options, { call, reply, answer }) : answer;
  });

  const sendError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = toRefusal(error);
    const { reference } = callOf<Person>(request);
    reply.code(refusal.status).headers(refusal.headers).send(imitation.toErrorBody(refusal, reference));
  };
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!;
    sendError(imitation.refuseUnknown(request.method, path), request, reply);
  });

  imitation.serve(app);
}

/** Reads JSON only. An empty body is no body, whatever its type says. */
export function addJsonParser(
  app: FastifyInstance,
  parse: (text: string) => unknown = (text) => JSON.parse(text),
): void {
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, parse(String(body)));
    } catch {
      done(new Refusal(400, 'The request body is not valid JSON.'));
    }
  });
}

async function receive<Person>(
  { imitation, world, latencyMs }: ApiOptions<Person>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const personId = imitation.personIdOf(request.url.split('?')[0]!);
  const call = newCall<Person>(request.method, request.url, { timeMs: world.now(), personId });
  request.setDecorator('call', call);
  reply.headers(imitation.headersOf?.(call.reference) ?? {});
  call.fault = world.faults.take(call.method, call.path);
  if (call.fault?.delayMs) await sleep(call.fault.delayMs);
  if (meetFault(imitation, world, { call, reply })) return reply;

  imitation.admit(call, request, reply);
  if (latencyMs > 0) await sleep(latencyMs);
  return undefined;
}

interface Answering<Person> {
  call: Call<Person>;
  reply: FastifyReply;
}

/** Lets a fault strike before any work is done. True when that was the end of the call. */
function meetFault<Person>(
  imitation: Imitation<Person>,
  world: World<Person>,
  { call, reply }: Answering<Person>,
): boolean {
  const { fault } = call;
  if (fault?.dropConnection === 'before') {
    world.commit(call, { status: null, performed: null });
    reply.hijack();
    reply.raw.destroy();
    return true;
  }
  if (fault?.status === undefined || fault.when === 'after' || fault.dropConnection) return false;

  world.commit(call, { status: fault.status, performed: null });
  reply.code(fault.status).send(dressFault(imitation, { call, reply }));
  return true;
}

function finish<Person>(
  { imitation, world }: ApiOptions<Person>,
  { call, reply, answer }: Answering<Person> & { answer: unknown },
): unknown {
  const { fault } = call;
  const performed = reply.statusCode;
  if (fault?.dropConnection === 'after') {
    world.commit(call, { status: null, performed });
    reply.raw.destroy();
    return answer;
  }
  if (fault?.status === undefined) {
    world.commit(call, { status: performed, performed });
    return answer;
  }
  world.commit(call, { status: fault.status, performed });
  reply.code(fault.status);
  return dressFault(imitation, { call, reply });
}

function dressFault<Person>(imitation: Imitation<Person>, { call, reply }: Answering<Person>): string {
  const { body, headers, status = 500 } = call.fault!;
  reply
    .header('content-type', 'application/json; charset=utf-8')
    .removeHeader('content-length')
    .headers(headers);
  if (typeof body === 'string') return body;
  const refusal = new Refusal(status, `Injected fault: ${status}.`);
  return JSON.stringify(body ?? imitation.toErrorBody(refusal, call.reference));
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = statusOf(error);
  const message = status < 500 && error instanceof Error ? error.message : '';
  return new Refusal(status, message || 'Something went wrong on the server.');
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
