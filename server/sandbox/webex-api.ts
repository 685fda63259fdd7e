import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { identify } from './webex-access.ts';
import { oauthRoutes } from './webex-oauth.ts';
import { peopleRoutes } from './webex-people.ts';
import { Refusal, toErrorBody } from './webex-refusal.ts';
import { type Call, newCall, type World } from './webex-world.ts';

const allowedMethods: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/people$/, 'GET, POST'],
  [/^\/v1\/people\/me$/, 'GET'],
  [/^\/v1\/people\/[^/]+$/, 'GET, PUT, DELETE'],
  [/^\/v1\/(roles|licenses)$/, 'GET'],
  [/^\/v1\/authorize$/, 'GET, POST'],
  [/^\/v1\/access_token$/, 'POST'],
];

/**
 * Everything under /v1. Each call is met by faults first, then by the rate limit, then by its route; its ledger entry and
 * its changes are kept before the answer leaves.
 */
export async function webexApi(
  app: FastifyInstance,
  { world, latencyMs }: { world: World; latencyMs: number },
) {
  app.addHook('onRequest', (request, reply) => receive(world, latencyMs, request, reply));

  app.addHook('onSend', async (request, reply, answer) => {
    const call = request.getDecorator<Call | null>('call');
    return call && !call.isRecorded ? finish(world, call, reply, answer) : answer;
  });

  app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!;
    const allowed = allowedMethods.find(([pattern]) => pattern.test(path))?.[1];
    if (allowed === undefined)
      return sendError(new Refusal(404, 'The requested resource could not be found.'), request, reply);
    sendError(
      new Refusal(405, `${request.method} is not supported here.`, { allow: allowed }),
      request,
      reply,
    );
  });

  app.register(async (oauth) => oauthRoutes(oauth, world));
  app.register(async (people) => {
    addJsonParser(people);
    peopleRoutes(people, world);
  });
}

/** Reads JSON only. An empty body is no body, whatever its type says. */
export function addJsonParser(app: FastifyInstance): void {
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(new Refusal(400, 'The request body is not valid JSON.'));
    }
  });
}

async function receive(
  world: World,
  latencyMs: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const call = newCall(request.method, request.url, world.now());
  request.setDecorator('call', call);
  reply.header('trackingId', call.trackingId);
  call.fault = world.faults.take(call.method, call.path);
  const waitMs = latencyMs + (call.fault?.delayMs ?? 0);
  if (waitMs > 0) await sleep(waitMs);
  if (meetFault(world, call, reply)) return reply;

  call.caller = identify(world, call, request.headers.authorization);
  if (!call.path.startsWith('/v1/authorize')) takeAllowance(world, call);
  return undefined;
}

function takeAllowance(world: World, { caller }: Call): void {
  const retryAfterSeconds = world.rate.take(caller?.person.id ?? 'nobody');
  if (retryAfterSeconds === null) return;
  throw new Refusal(429, 'Too many requests.', { 'retry-after': String(retryAfterSeconds) });
}

/** Lets a fault strike before any work is done. True when that was the end of the call. */
function meetFault(world: World, call: Call, reply: FastifyReply): boolean {
  const { fault } = call;
  if (fault?.dropConnection === 'before') {
    world.commit(call, { status: null, performed: null });
    reply.hijack();
    reply.raw.destroy();
    return true;
  }
  if (fault?.status === undefined || fault.when === 'after' || fault.dropConnection) return false;

  world.commit(call, { status: fault.status, performed: null });
  reply.code(fault.status).send(dressFault(call, reply));
  return true;
}

function finish(world: World, call: Call, reply: FastifyReply, answer: unknown): unknown {
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
  return dressFault(call, reply);
}

function dressFault({ fault, trackingId }: Call, reply: FastifyReply): string {
  const { body, headers, status } = fault!;
  reply
    .header('content-type', 'application/json; charset=utf-8')
    .removeHeader('content-length')
    .headers(headers);
  if (typeof body === 'string') return body;
  return JSON.stringify(body ?? toErrorBody(`Injected fault: ${status}.`, trackingId));
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { trackingId } = request.getDecorator<Call>('call');
  if (error instanceof Refusal) {
    reply.code(error.status).headers(error.headers).send(toErrorBody(error.message, trackingId));
    return;
  }
  const status = statusOf(error);
  const message =
    status < 500 && error instanceof Error ? error.message : 'Something went wrong on the server.';
  reply.code(status).send(toErrorBody(message, trackingId));
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
