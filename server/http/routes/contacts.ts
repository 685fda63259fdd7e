import { contactChoices } from '#contract';
import type { Routes } from '../routes.ts';

/** Whom integrations may tell when loads go wrong. */
export const contactRoutes: Routes = (app, { contacts }) => {
  app.get(
    '/contacts',
    { config: { right: 'integrations.read' }, schema: { response: { 200: contactChoices } } },
    () => contacts.choices(),
  );
};
