import { z } from 'zod';
import {
  idParam,
  listQuery,
  recordSteps,
  resolutionInput,
  runDetails,
  runRecordSchema,
  runRecordsFilter,
  runRecordsPage,
  runRecordsQuery,
  runSchema,
  runsPage,
  runsQuery,
  stepsPage,
} from '#contract';
import { sendCsv } from '../csv.ts';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';
import { recordHeader, toLines } from '../run-file.ts';

const recordParams = idParam.extend({ n: z.coerce.number().int().min(0) });

/** Runs as they go on and as they ended; their progress is pushed over the socket. */
export const runRoutes: Routes = (app, { runs }) => {
  app.get(
    '/runs',
    { config: { right: 'runs.read' }, schema: { querystring: runsQuery, response: { 200: runsPage } } },
    ({ query }) => runs.list(query),
  );
  app.get(
    '/runs/:id',
    { config: { right: 'runs.read' }, schema: { params: idParam, response: { 200: runDetails } } },
    ({ params }) => runs.details(params.id),
  );

  app.get(
    '/runs/:id/records',
    {
      config: { right: 'runs.read' },
      schema: { params: idParam, querystring: runRecordsQuery, response: { 200: runRecordsPage } },
    },
    ({ params, query }) => runs.records(params.id, query),
  );
  app.get(
    '/runs/:id/records.csv',
    {
      config: { right: 'runs.read' },
      schema: { params: idParam, querystring: runRecordsFilter, produces: ['text/csv'] },
    },
    async ({ params, query }, reply) => {
      const { graph } = await runs.details(params.id);
      return sendCsv(
        reply,
        `run-${params.id}`,
        recordHeader,
        toLines(runs.allRecords(params.id, query), graph),
      );
    },
  );
  app.get(
    '/runs/:id/records/:n',
    { config: { right: 'runs.read' }, schema: { params: recordParams, response: { 200: recordSteps } } },
    ({ params }) => runs.recordSteps(params.id, params.n),
  );
  app.get(
    '/runs/:id/steps',
    {
      config: { right: 'runs.read' },
      schema: { params: idParam, querystring: listQuery, response: { 200: stepsPage } },
    },
    ({ params, query }) => runs.steps(params.id, query),
  );

  app.post(
    '/runs/:id/cancellation',
    { config: { right: 'runs.start' }, schema: { params: idParam, response: { 202: runSchema } } },
    async ({ params }, reply) => reply.code(202).send(await runs.cancel(params.id)),
  );

  app.post(
    '/runs/:id/records/:n/resolution',
    {
      config: { right: 'runs.settle' },
      schema: { params: recordParams, body: resolutionInput, response: { 200: runRecordSchema } },
    },
    (request) => {
      const { params, body } = request;
      return runs.resolve(params.id, params.n, body.choice, callerOf(request).name, body.step);
    },
  );
};
