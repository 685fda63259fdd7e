import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { people } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { createOutboundWorld } from '../support/outbound-world.ts';
import { untilEnded } from '../support/until-run.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

/** A tenant of Webex in which everybody is there, and can be deleted. */
const startTenant = () =>
  startVendorServer(({ method, url }, response) => {
    if (method === 'DELETE') return response.writeHead(204).end();
    const id = url.slice(url.lastIndexOf('/') + 1);
    sendJson(response, 200, { id, emails: [`${id.replace('wx-', '')}@acme.test`] });
  });

/** Two tenants with a credential each, and records whose field `api_response` names one of them. */
async function open(named: Record<string, unknown>, settings: object) {
  const [east, west] = [await startTenant(), await startTenant()];
  const database = openDatabase(':memory:');
  const outbound = createOutboundWorld([east.host, west.host], { database });
  const tokens = (access: string) => ({ access, refresh: null });
  await outbound.addCredential(east.url, tokens('east-token'), 'Webex east');
  await outbound.addCredential(west.url, tokens('west-token'), 'Webex west');
  const world = createWorld({ client: outbound.client }, database);
  addAccounts(
    database,
    Object.keys(named).map((name) => ({ name })),
  );
  for (const [name, tenant] of Object.entries(named)) {
    const fields = { webex_user_id: `wx-${name}`, api_response: tenant };
    database
      .update(people)
      .set({ fields })
      .where(eq(people.id, `per_${name}`))
      .run();
  }
  const block = {
    vendorId: 'webex',
    authorization: { mode: 'dynamic', field: 'api_response' },
    url: '/people/{{webex_user_id}}',
    ...settings,
  };
  const graph = aGraph({ begin: ['begin'], ask: ['api', block], sorry: ['end'] }, [
    'begin.next > ask',
    'ask.failure > sorry',
  ]);
  addWorkflow(database, graph);
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
  await untilEnded(world, id);
  const { items } = await world.runner.records(id, { limit: 50 });
  const steps = await Promise.all(items.map(({ n }) => world.runner.recordSteps(id, n)));
  const asked = steps.flatMap((one) => one.steps.filter(({ block }) => block === 'ask'));
  return { east, west, asked };
}

const remove = {
  presetId: 'delete-user',
  method: 'DELETE',
  success: { statuses: [204], mediaType: 'none' },
};

it.each(['api_response', 'person.api_response'])(
  'each record is asked for with the credential that its %s names, at that tenant',
  async (field) => {
    const authorization = { mode: 'dynamic', field };
    const { east, west } = await open({ ada: 'Webex east', grace: 'Webex west' }, { authorization });

    expect(east.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v1/people/wx-ada', 'Bearer east-token'],
    ]);
    expect(west.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v1/people/wx-grace', 'Bearer west-token'],
    ]);
  },
);

it('a deletion looks at the account with the same credential first', async () => {
  const { east, west } = await open({ ada: 'Webex west' }, remove);

  expect(west.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /v1/people/wx-ada',
    'DELETE /v1/people/wx-ada',
  ]);
  expect(east.seen).toEqual([]);
});

it.each([
  ['nobody has', 'Webex north', /There is no credential "Webex north"/],
  ['differs in a letter', 'webex east', /There is no credential "webex east"/],
  ['is empty', '', /"api_response" is empty/],
  ['is a list', ['Webex east'], /must hold the name of a credential as text/],
])('a record whose name %s leaves by the failure exit, and nothing is sent', async (_, name, sentence) => {
  for (const settings of [{}, remove]) {
    const { east, west, asked } = await open({ ada: name }, settings);

    expect(asked).toMatchObject([{ exit: 'failure', error: expect.stringMatching(sentence) }]);
    expect([...east.seen, ...west.seen]).toEqual([]);
  }
});

it('a whole URL is only called with a credential of that host', async () => {
  const { east, west, asked } = await open({ ada: 'Webex east' }, { url: 'https://other.test/v1/people' });

  expect(asked).toMatchObject([{ exit: 'failure', error: expect.stringMatching(/may be sent to .* only/) }]);
  expect([...east.seen, ...west.seen]).toEqual([]);
});
