import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import files from '@fastify/static';
import helmet from 'helmet';
import type { App } from '../routes.ts';

const hidden = { schema: { hide: true } };

/** The headers of every answer, refusals too: our own scripts only, and no frame around us. */
export function addHeaders(app: App, publicUrl: string): void {
  const isSecure = publicUrl.startsWith('https://');
  // Made once: the plugin for Fastify would build the policy's text again for every request.
  const setHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        // Mantine and React Flow set styles on elements.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    hsts: isSecure,
    crossOriginEmbedderPolicy: false,
  });
  app.addHook('onRequest', (request, reply, next) => {
    setHeaders(request.raw, reply.raw, (error) => next(error instanceof Error ? error : undefined));
  });
}

/** Serves the built pages: hashed files for ever, the page itself never from a cache. */
export async function addWeb(app: App, options: { folder: string }): Promise<void> {
  if (!existsSync(join(options.folder, 'index.html'))) return;

  await app.register(files, {
    root: join(options.folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
  });
  const page = await readFile(join(options.folder, 'index.html'), 'utf8');
  for (const name of ['favicon.svg', 'favicon.ico']) {
    if (existsSync(join(options.folder, name)))
      app.get(`/${name}`, hidden, (_request, reply) =>
        reply.sendFile(name, options.folder, { immutable: false, maxAge: 0 }),
      );
  }
  app.get('/*', hidden, (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound();
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
  });
}
