import { sandboxInfo, vendorsList } from '#contract';
import type { Routes } from '../routes.ts';

/** Vendors as data, and where their imitations listen. */
export const vendorRoutes: Routes = (app, { vendors, sandbox }) => {
  app.get(
    '/vendors',
    { config: { right: 'workflows.read' }, schema: { response: { 200: vendorsList } } },
    () => ({ items: [...vendors.list()] }),
  );
  app.get(
    '/sandbox',
    { config: { right: 'credentials.write' }, schema: { response: { 200: sandboxInfo } } },
    () => sandbox(),
  );
};
