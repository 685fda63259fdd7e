import { blockTypesList } from '#contract';
import type { Routes } from '../routes.ts';

/** The descriptions that the editor draws palette and forms from. */
export const blockTypeRoutes: Routes = (app, { blockTypes }) => {
  app.get(
    '/block-types',
    { config: { right: 'workflows.read' }, schema: { response: { 200: blockTypesList } } },
    () => ({ items: [...blockTypes] }),
  );
};
