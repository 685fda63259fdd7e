import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { adminEmail } from './company.ts';
import type { FaultInput, Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { sandboxRoutes } from './sandbox-routes.ts';
import { addJsonParser, webexApi } from './webex-api.ts';
import type { TokenAnswer } from './webex-grants.ts';
import { issueTokens } from './webex-oauth.ts';
import type { WebexPerson } from './webex-person.ts';
import { toErrorBody, toTrackingId } from './webex-refusal.ts';
import { everyScope } from './webex-scopes.ts';
import { type Change, openWorld, type World } from './webex-world.ts';

export { sandboxClient } from './webex-oauth.ts';

export interface WebexSandboxOptions {
  /** 0 picks a free one. Only this machine can connect. */
  port?: number;
  /** Milliseconds. The rate limit goes by it too: under a clock that stands still, a spent allowance stays spent. */
  now?: () => number;
  /** An administrator is added at the end when there is none among them. Default: the example company. */
  people?: WebexPerson[];
  peopleCount?: number;
  /** For each account. `Infinity` for no limit. */
  requestsPerSecond?: number;
  /** Keeps people, tokens and ledger over restarts; what it was first opened with wins over `people` and `peopleCount`. */
  stateFile?: string;
  /** Added to every call. */
  latencyMs?: number;
}

/** A running imitation of Webex. */
export interface WebexSandbox {
  /** Such as `http://127.0.0.1:4010`; the API is at `${url}/v1`. */
  url: string;
  ledger: Ledger;
  faults: Faults;
  inject(fault: FaultInput): void;
  /** Everybody as they are now. */
  people(): WebexPerson[];
  /** Tokens without the consent page; every scope and the IT administrator unless told otherwise. */
  issueToken(wanted?: { email?: string | undefined; scope?: string | undefined }): TokenAnswer;
  /** Drops open connections and stops. */
  close(): Promise<void>;
}

/** Starts an imitation of Webex as a real HTTP server on this machine. Throws when the port is taken. */
export async function startWebexSandbox(options: WebexSandboxOptions = {}): Promise<WebexSandbox> {
  const world = openWorld({
    now: options.now ?? Date.now,
    people: options.people,
    peopleCount: options.peopleCount ?? 1000,
    requestsPerSecond: options.requestsPerSecond ?? 300,
    stateFile: options.stateFile,
  });
  const issueToken: WebexSandbox['issueToken'] = (wanted) => issueTokenFor(world, wanted);
  const app = buildSandbox(world, issueToken, options.latencyMs ?? 0);
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch((error: unknown) => {
    world.close();
    throw error;
  });

  return {
    url,
    ledger: world.ledger,
    faults: world.faults,
    inject: world.faults.inject,
    people: () => world.roster.all(),
    issueToken,
    async close() {
      await app.close();
      world.close();
    },
  };
}

function buildSandbox(
  world: World,
  issueToken: WebexSandbox['issueToken'],
  latencyMs: number,
): FastifyInstance {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2000 },
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      reply.code(400).send(toErrorBody(error.message, toTrackingId()));
    },
  });
  app.removeAllContentTypeParsers();
  app.decorateRequest('call', null);
  app.addHook('onRequest', async (request, reply) => {
    // A page elsewhere that makes its own name resolve to this machine must not get in.
    if (isLoopbackHost(request.headers.host)) return;
    return reply.code(403).send({ message: 'Only loopback addresses are served.' });
  });

  app.register(webexApi, { prefix: '/v1', world, latencyMs });
  app.register(async (own) => {
    addJsonParser(own);
    sandboxRoutes(own, { world, issueToken });
  });
  return app;
}

function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '');
}

function issueTokenFor(world: World, wanted: Parameters<WebexSandbox['issueToken']>[0] = {}): TokenAnswer {
  const { email, scope = everyScope } = wanted;
  const person = email === undefined ? world.roster.find(world.accountId) : world.roster.findByEmail(email);
  if (!person) throw new RangeError(`Nobody has the address ${email ?? adminEmail}`);

  const changes: Change[] = [];
  const answer = issueTokens(world, { changes }, { personId: person.id, scope, replaces: null });
  world.keep(changes);
  return answer;
}
