import { z } from 'zod';
import type { Routes } from '../routes.ts';

const health = z.strictObject({ status: z.literal('ok'), version: z.string() });

/** Whether the server answers at all. */
export const healthRoutes: Routes = (app, { version }) => {
  app.get('/health', { config: { right: 'public' }, schema: { response: { 200: health } } }, () => ({
    status: 'ok' as const,
    version,
  }));
};
