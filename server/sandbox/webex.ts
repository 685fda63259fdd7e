import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createFaults, type Fault, type FaultInput } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { createRateLimit } from './rate.ts';
import { sendRefusal, trackingId, WebexRefusal } from './webex-answer.ts';
import { sandboxPage } from './webex-authorize-page.ts';
import { exampleAdmin, exampleWebexPeople } from './webex-company.ts';
import { addOAuth } from './webex-oauth.ts';
import { addPeople } from './webex-people.ts';
import type { WebexPerson } from './webex-person.ts';
import { openWebexState, type WebexState } from './webex-state.ts';

export { sandboxClient } from './webex-oauth.ts';

export interface WebexSandboxOptions {
  /** 0 for any free one. Listens on 127.0.0.1 only. */
  port?: number;
  now?: () => number;
  people?: WebexPerson[];
  peopleCount?: number;
  requestsPerSecond?: number;
  /** Keeps people, tokens and the ledger over restarts, `kill -9` included. */
  stateFile?: string;
  latencyMs?: number;
}

export interface WebexSandbox {
  /** `http://127.0.0.1:PORT`; the API is below `/v1`. */
  url: string;
  ledger: Ledger;
  /** Everybody who is there now. */
  people(): WebexPerson[];
  inject(fault: FaultInput): void;
  close(): Promise<void>;
}

/** Starts an imitated Webex organisation as a real HTTP server. Throws when the port is taken. */
export async function startWebexSandbox(options: WebexSandboxOptions = {}): Promise<WebexSandbox> {
  const now = options.now ?? Date.now;
  const state = openWebexState(
    options.stateFile,
    now(),
    () => options.people ?? exampleWebexPeople({ now: now(), count: options.peopleCount ?? 1000 }),
  );
  const faults = createFaults();
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1024 * 1024 });
  let url = '';

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof WebexRefusal) return sendRefusal(reply, error);
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return sendRefusal(
      reply,
      new WebexRefusal(
        status,
        status < 500 ? 'The request body could not be read.' : 'An unexpected error occurred.',
      ),
    );
  });
  app.setNotFoundHandler((_request, reply) =>
    sendRefusal(reply, new WebexRefusal(404, 'The requested resource could not be found.')),
  );

  addGuards(app, state, createRateLimit({ perSecond: options.requestsPerSecond ?? 300, now }), now);
  addFaultsAndLedger(app, state, faults.take, now, options.latencyMs ?? 0);
  addOAuth(app, state, now);
  addPeople(app, { state, admin: exampleAdmin(now()), now, url: () => url });
  addControls(app, state, faults);

  url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    url,
    ledger: state.ledger,
    people: () => state.roster.all(),
    inject: faults.inject,
    async close() {
      await app.close();
      state.close();
    },
  };
}

const isApi = (request: FastifyRequest): boolean =>
  request.url.startsWith('/v1/') &&
  !request.url.startsWith('/v1/authorize') &&
  !request.url.startsWith('/v1/access_token');

/** Loopback names only, a valid token, and no more requests than allowed. */
function addGuards(
  app: FastifyInstance,
  state: WebexState,
  rate: ReturnType<typeof createRateLimit>,
  now: () => number,
): void {
  app.decorateRequest('grant', null);
  app.addHook('onRequest', async (request) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!['127.0.0.1', 'localhost'].includes(name))
      throw new WebexRefusal(403, 'The sandbox answers on this machine only.');
  });
  app.addHook('preHandler', async (request) => {
    if (!isApi(request)) return;
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const grant = token === undefined ? undefined : state.byAccessToken(token);
    if (!grant || grant.expiresAtMs < now())
      throw new WebexRefusal(
        401,
        'The request requires a valid access token set in the Authorization request header.',
      );
    request.grant = grant;
    const waitSeconds = rate.take(grant.id);
    if (waitSeconds !== null)
      throw new WebexRefusal(
        429,
        'Too many requests have been sent. Retry after the time that the header names.',
        { 'retry-after': String(waitSeconds) },
      );
  });
}

const personPath = /^\/v1\/people\/([^/?]+)/;

/** Injected misfortunes, and the line in the ledger that is written before an answer leaves. */
function addFaultsAndLedger(
  app: FastifyInstance,
  state: WebexState,
  take: (method: string, path: string) => Fault | null,
  now: () => number,
  latencyMs: number,
): void {
  const struck = new WeakMap<FastifyRequest, Fault>();

  const record = (request: FastifyRequest, status: number | null, performed: number | null): void => {
    const personId = personPath.exec(request.url)?.[1];
    state.record({
      timeMs: now(),
      method: request.method,
      path: request.url,
      personId: personId === undefined || personId === 'me' ? null : decodeURIComponent(personId),
      status,
      performed,
      tokenId: request.grant?.id ?? null,
    });
  };

  const drop = (reply: FastifyReply): FastifyReply => {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  };

  app.addHook('preHandler', async (request, reply) => {
    if (!request.url.startsWith('/v1/')) return;
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const fault = take(request.method, request.url);
    if (!fault) return;
    if (fault.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault.dropConnection === 'before') {
      record(request, null, null);
      return drop(reply);
    }
    if (fault.status !== undefined && fault.when === 'before') {
      record(request, fault.status, null);
      struck.set(request, fault);
      return reply
        .code(fault.status)
        .headers(fault.headers)
        .send(fault.body ?? { message: 'Injected', errors: [{ description: 'Injected' }] });
    }
    struck.set(request, fault);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    reply.header('trackingid', reply.getHeader('trackingid') ?? trackingId());
    if (!request.url.startsWith('/v1/')) return payload;
    const fault = struck.get(request);
    if (fault?.status !== undefined && fault.when === 'before') return payload;
    const performed = reply.statusCode;
    if (fault?.dropConnection === 'after') {
      record(request, null, performed);
      reply.raw.destroy();
      return payload;
    }
    if (fault?.status !== undefined) {
      record(request, fault.status, performed);
      reply.code(fault.status).headers(fault.headers).removeHeader('content-length');
      return JSON.stringify(fault.body ?? { message: 'Injected', errors: [{ description: 'Injected' }] });
    }
    record(request, performed, performed);
    return payload;
  });
}

/** What tests and curious people may ask the sandbox itself. */
function addControls(app: FastifyInstance, state: WebexState, faults: ReturnType<typeof createFaults>): void {
  app.get('/_sandbox', (_request, reply) => {
    const { ledger, roster } = state;
    const deletions = ledger.find({ method: 'DELETE', performed: 204 }).length;
    return reply
      .type('text/html; charset=utf-8')
      .send(sandboxPage({ people: roster.all().length, calls: ledger.entries.length, deletions }));
  });
  app.get<{ Querystring: { method?: string; after?: string } }>('/_sandbox/ledger', ({ query }) => {
    const after = Number(query.after ?? 0);
    return { calls: state.ledger.find({ method: query.method }).filter((entry) => entry.sequence > after) };
  });
  app.get('/_sandbox/people', () => ({ people: state.roster.all() }));
  app.post('/_sandbox/faults', ({ body }, reply) => {
    faults.inject(body as FaultInput);
    return reply.code(201).send({ faults: faults.list() });
  });
  app.delete('/_sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}
