import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { faultSchema } from './faults.ts';
import { escapeHtml, pageHeaders, toPage } from './html.ts';
import type { Imitation } from './imitation.ts';
import type { World } from './world.ts';

const ledgerQuery = z.object({
  /** Only what came after this sequence number. */
  after: z.coerce.number().default(0),
  method: z.string().optional(),
  personId: z.string().optional(),
  pathPrefix: z.string().optional(),
  performed: z.coerce.number().optional(),
});

const tokenBody = z.strictObject({ email: z.string().optional(), scope: z.string().optional() }).default({});

interface Workshop<Person> {
  world: World<Person>;
  imitation: Imitation<Person>;
}

/** What the vendor does not have: a look behind the scenes, faults to inject, tokens without consent. No token needed. */
export function sandboxRoutes<Person>(app: FastifyInstance, { world, imitation }: Workshop<Person>): void {
  app.get('/', (_request, reply) => {
    reply.headers(pageHeaders).send(toOverview(world, imitation));
  });

  app.get('/ledger', (request, reply) => {
    const { after, ...filter } = ledgerQuery.parse(request.query);
    reply.send({ calls: world.ledger.find(filter).filter(({ sequence }) => sequence > after) });
  });

  app.get('/people', (_request, reply) => {
    reply.send({ people: world.roster.all() });
  });

  app.get('/faults', (_request, reply) => {
    reply.send({ faults: world.faults.list() });
  });

  app.post('/faults', (request, reply) => {
    const faults = z.array(faultSchema).parse(Array.isArray(request.body) ? request.body : [request.body]);
    for (const fault of faults) world.faults.inject(fault);
    reply.code(201).send({ faults: world.faults.list() });
  });

  app.delete('/faults', (_request, reply) => {
    world.faults.clear();
    reply.code(204).send();
  });

  app.post('/tokens', (request, reply) => {
    reply.code(201).send(imitation.issueToken(tokenBody.parse(request.body)));
  });

  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof z.ZodError || error instanceof RangeError ? 400 : 500;
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    reply.code(status).send({ message });
  });
}

function toOverview<Person>(
  { roster, ledger }: World<Person>,
  { title, apiPath }: Imitation<Person>,
): string {
  const counts = {
    'People now': roster.all().length,
    'Calls received': ledger.entries.length,
    'People deleted': roster.positions() - roster.all().length,
  };
  const rows = Object.entries(counts).map(([name, count]) => `<dt>${escapeHtml(name)}</dt><dd>${count}</dd>`);
  const body = `<h1>${title} sandbox</h1>
<p>Answers like ${title}’s API at <code>${apiPath}</code>, for an example company. Nothing here leaves this machine.</p>
<dl>
${rows.join('\n')}
</dl>
<p><a href="/_sandbox/ledger">Every call received</a> · <a href="/_sandbox/ledger?method=DELETE">Deletions</a> ·
<a href="/_sandbox/faults">Faults to come</a></p>`;
  return toPage({ title: `${title} sandbox`, note: `Sandbox: an imitation of ${title}`, body });
}
