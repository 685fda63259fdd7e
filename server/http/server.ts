import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Config } from '../config.ts';
import { toLogger } from './log.ts';
import { addAudit } from './plugins/audit.ts';
import { addAuth, createSessions } from './plugins/auth.ts';
import { addErrors, answerBadUrl } from './plugins/errors.ts';
import type { Live, Snapshot } from './plugins/live.ts';
import { addHeaders, addWeb } from './plugins/web.ts';
import { routes } from './routes/index.ts';
import type { App, Services } from './routes.ts';

const bodyLimit = 1024 * 1024;

export interface HttpOptions {
  services: Services;
  live: Live;
  snapshot: Snapshot;
  log: Config['log'];
  /** The built pages. */
  webFolder: string;
}

/** The HTTP door: every route of `/api/v1`, the live socket and the pages. */
export async function createHttp({ services, live, snapshot, log, webFolder }: HttpOptions): Promise<App> {
  const app: App = fastify({
    bodyLimit,
    // Behind a proxy its address is a setting, never a header.
    trustProxy: false,
    requestTimeout: 70_000,
    frameworkErrors: answerBadUrl,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    logger: toLogger(log),
    // One logger for all: only what nobody foresaw is logged, so one of its own for every request is never used.
    childLoggerFactory: (logger) => logger,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  onlyJson(app);

  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Rollcall',
        version: services.version,
        description: 'Everything that the pages do. Scripts send `Authorization: Bearer <token>`.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  const sessions = createSessions(services.access, services.publicUrl);
  addHeaders(app, services.publicUrl);
  addErrors(app);
  addAuth(app, sessions, services.publicUrl);
  await live.add(app, { sessions, publicUrl: services.publicUrl, snapshot });
  await app.register(
    async (api) => {
      api.addHook('onSend', (_request, reply, payload, done) => {
        reply.header('cache-control', 'no-store');
        done(null, payload);
      });
      addAudit(api.withTypeProvider<ZodTypeProvider>(), services.audit);
      for (const add of routes(sessions)) add(api.withTypeProvider<ZodTypeProvider>(), services);
      api.get('/openapi.json', { config: { right: 'public' }, schema: { hide: true } }, () => app.swagger());
    },
    { prefix: '/api/v1' },
  );
  await addWeb(app, { folder: webFolder });
  return app;
}

/** JSON and nothing else, spelt plainly: odd content types have skipped validation in other servers. */
function onlyJson(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/json(; ?charset=utf-8)?$/i,
    { parseAs: 'string' },
    (_request, body, done) => {
      if (body === '') {
        done(null, undefined);
        return;
      }
      try {
        done(null, JSON.parse(String(body), dropPrototypes));
      } catch (error) {
        done(Object.assign(error as Error, { statusCode: 400 }), undefined);
      }
    },
  );
}

function dropPrototypes(key: string, value: unknown): unknown {
  return key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : value;
}
