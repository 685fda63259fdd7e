import {
  idParam,
  overview,
  type Person,
  peopleFileQuery,
  peoplePage,
  peopleQuery,
  personChange,
  personDetails,
} from '#contract';
import { AppError } from '#domain/errors';
import { personValues } from '#domain/record-values';
import { sendCsv } from '../csv.ts';
import { causeOf } from '../plugins/auth.ts';
import { readLines, toColumns, toFilter } from '../record-list.ts';
import type { Routes } from '../routes.ts';

/** People and the numbers of the home page. */
export const peopleRoutes: Routes = (app, { people, changePeople, fields, overview: home, clock }) => {
  app.get('/overview', { config: { right: 'records.read' }, schema: { response: { 200: overview } } }, () =>
    home.read(clock.now()),
  );

  app.get(
    '/people',
    {
      config: { right: 'records.read' },
      schema: { querystring: peopleQuery, response: { 200: peoplePage } },
    },
    ({ query }) => people.list({ ...query, filter: toFilter(query.filter) }, clock.now()),
  );

  app.get(
    '/people.csv',
    { config: { right: 'records.read' }, schema: { querystring: peopleFileQuery, produces: ['text/csv'] } },
    async ({ query: { columns: names, ...query } }, reply) => {
      const columns = toColumns(names, 'person', await fields.list());
      const wanted = { ...query, filter: toFilter(query.filter) };
      const now = clock.now();
      const lines = await readLines((page) => people.rows({ ...wanted, ...page }, now), columns, valuesOf);
      return sendCsv(
        reply,
        'people',
        columns.map(({ label }) => label),
        lines,
      );
    },
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

  app.patch(
    '/people/:id',
    {
      config: { right: 'records.write' },
      schema: { params: idParam, body: personChange, response: { 200: personDetails } },
    },
    (request) => changePeople.change(request.params.id, request.body.values, causeOf(request)),
  );
};

const valuesOf = (person: Person) => ({
  ...personValues(person),
  'record.name': `${person.firstName} ${person.lastName}`.trim() || person.username,
  'record.created_at': person.createdAt,
  'record.updated_at': person.updatedAt,
});
