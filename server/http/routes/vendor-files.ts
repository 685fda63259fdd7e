import { z } from 'zod';
import { toVendorFileJsonSchema, vendorFilesList } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** The files of operators' own vendors: what they say, and reading them again. */
export const vendorFileRoutes: Routes = (app, { vendorFiles }) => {
  app.get(
    '/vendor-files',
    { config: { right: 'settings.read' }, schema: { response: { 200: vendorFilesList } } },
    () => ({ items: [...vendorFiles.list()] }),
  );

  // A reading of the folder is a resource of its own, so that there is no verb in the path.
  app.post(
    '/vendor-files/readings',
    { config: { right: 'operators.write' }, schema: { response: { 201: vendorFilesList } } },
    async (request, reply) =>
      reply.code(201).send({ items: [...(await vendorFiles.read(callerOf(request)))] }),
  );

  app.get(
    '/schemas/rollcall-vendor-1.json',
    { config: { right: 'signed-in' }, schema: { response: { 200: z.record(z.string(), z.unknown()) } } },
    () => toVendorFileJsonSchema(),
  );
};
