import { Readable } from 'node:stream';
import type { PlannedEffect } from '#contract';
import {
  idParam,
  planComparison,
  planComparisonQuery,
  plannedEffectsPage,
  plannedEffectsQuery,
  planSchema,
} from '#contract';
import type { PlanService } from '#engine/plan-ports';
import { sendCsv } from '../csv.ts';
import type { Routes } from '../routes.ts';

/** What dry runs have found. Every route takes a dry run, or a run that goes by one. */
export const planRoutes: Routes = (app, { plans }) => {
  app.get(
    '/runs/:id/plan',
    { config: { right: 'runs.read' }, schema: { params: idParam, response: { 200: planSchema } } },
    ({ params }) => plans.find(params.id),
  );
  app.get(
    '/runs/:id/plan/effects',
    {
      config: { right: 'runs.read' },
      schema: { params: idParam, querystring: plannedEffectsQuery, response: { 200: plannedEffectsPage } },
    },
    ({ params, query }) => plans.effects(params.id, query),
  );
  app.get(
    '/runs/:id/plan/comparison',
    {
      config: { right: 'runs.read' },
      schema: { params: idParam, querystring: planComparisonQuery, response: { 200: planComparison } },
    },
    ({ params, query: { with: earlier, ...query } }) => plans.compare(params.id, earlier, query),
  );

  app.get(
    '/runs/:id/plan/effects.csv',
    { config: { right: 'runs.read' }, schema: { params: idParam } },
    async ({ params }, reply) => {
      await plans.find(params.id);
      return sendCsv(reply, `plan-${params.id}`, header, linesOf(plans, params.id));
    },
  );
  app.get(
    '/runs/:id/plan/effects.json',
    { config: { right: 'runs.read' }, schema: { params: idParam } },
    async ({ params }, reply) => {
      const plan = await plans.find(params.id);
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="plan-${params.id}.json"`)
        .send(Readable.from(fileOf(plans, params.id, JSON.stringify(plan))));
    },
  );
};

const header = ['Record', 'Block', 'Does', 'Left out because', 'Account', 'E-mail', 'Request', 'Changes'];

async function* linesOf(plans: PlanService, id: string) {
  for await (const page of plans.all(id)) yield page.map(toLine);
}

function toLine({ label, block, does, skip, target, request, changes }: PlannedEffect): unknown[] {
  const asked = request ? `${request.method} ${request.url}` : '';
  const changed = changes.map(({ field, before, after }) => `${field}: ${text(before)} → ${text(after)}`);
  const [id, email] = [target?.id ?? '', target?.email ?? ''];
  return [label, block, does, skip?.sentence ?? '', id, email, asked, changed.join('; ')];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `{"plan":…,"effects":[…]}`, written as it is read. */
async function* fileOf(plans: PlanService, id: string, plan: string): AsyncGenerator<string> {
  yield `{"plan":${plan},"effects":[`;
  let separator = '';
  for await (const page of plans.all(id)) {
    for (const effect of page) {
      yield separator + JSON.stringify(effect);
      separator = ',\n';
    }
  }
  yield ']}\n';
}
