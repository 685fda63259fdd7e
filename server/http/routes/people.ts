import { idParam, overview, peoplePage, peopleQuery, personDetails } from '#contract';
import { AppError } from '#domain/errors';
import type { Routes } from '../routes.ts';

/** People and the numbers of the home page. */
export const peopleRoutes: Routes = (app, { people, overview: home, clock }) => {
  app.get('/overview', { config: { right: 'records.read' }, schema: { response: { 200: overview } } }, () =>
    home.read(clock.now()),
  );

  app.get(
    '/people',
    {
      config: { right: 'records.read' },
      schema: { querystring: peopleQuery, response: { 200: peoplePage } },
    },
    ({ query }) => people.list(query),
  );

  app.get(
    '/people/:id',
    { config: { right: 'records.read' }, schema: { params: idParam, response: { 200: personDetails } } },
    async ({ params }) => {
      const found = await people.find(params.id);
      if (!found) throw new AppError('not_found', `There is no person "${params.id}".`);
      return found;
    },
  );
};
