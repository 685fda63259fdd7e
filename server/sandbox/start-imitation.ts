import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { addJsonParser, serveApi } from './api.ts';
import { adminEmail } from './company.ts';
import type { Imitation, Sandbox, SandboxOptions } from './imitation.ts';
import { Refusal } from './refusal.ts';
import { sandboxRoutes } from './sandbox-routes.ts';
import { openWorld, type Population, type World } from './world.ts';

interface Vendor<Person, Answer extends object> {
  population: Population<Person>;
  /** `url` is known as soon as the first call comes. */
  imitate(world: World<Person>, url: () => string): Imitation<Person, Answer>;
}

/** Starts an imitation as a real HTTP server on this machine. Throws when the port is taken. */
export async function startImitation<Person, Answer extends object>(
  { population, imitate }: Vendor<Person, Answer>,
  options: SandboxOptions<Person>,
): Promise<Sandbox<Person, Answer>> {
  const world = openWorld(population, {
    now: options.now ?? Date.now,
    people: options.people,
    peopleCount: options.peopleCount ?? 1000,
    adminEmail,
    stateFile: options.stateFile,
  });
  let url = '';
  const imitation = imitate(world, () => url);
  const app = buildServer(world, imitation, options.latencyMs ?? 0);
  url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch((error: unknown) => {
    world.close();
    throw error;
  });

  return {
    url,
    ledger: world.ledger,
    faults: world.faults,
    inject: world.faults.inject,
    people: () => world.roster.all(),
    issueToken: imitation.issueToken,
    async close() {
      await app.close();
      world.close();
    },
  };
}

function buildServer<Person, Answer extends object>(
  world: World<Person>,
  imitation: Imitation<Person, Answer>,
  latencyMs: number,
): FastifyInstance {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2000 },
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      const refusal = new Refusal(400, error.message);
      reply.code(400).send(imitation.toErrorBody(refusal, randomUUID()));
    },
  });
  app.removeAllContentTypeParsers();
  app.decorateRequest('call', null);
  app.addHook('onRequest', async (request, reply) => {
    // A page elsewhere that makes its own name resolve to this machine must not get in.
    if (isLoopbackHost(request.headers.host)) return;
    return reply.code(403).send({ message: 'Only loopback addresses are served.' });
  });

  app.register(async (api) => serveApi(api, { imitation, world, latencyMs }), { prefix: imitation.prefix });
  app.register(
    async (own) => {
      addJsonParser(own);
      sandboxRoutes(own, { world, imitation });
    },
    { prefix: '/_sandbox' },
  );
  return app;
}

function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '');
}
