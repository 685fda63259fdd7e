import type { CredentialDetails, Graph, Workflow } from '#contract';
import { buildTestApp, type TestApp } from './build-app.ts';
import { addOperator, type Signed, signInAda } from './operators.ts';

export interface TwoPersonsWorld {
  app: TestApp;
  /** The owner, who asks. */
  one: Signed;
  /** An approver of long standing. */
  grace: Signed;
  /** With a draft that deletes at Planhat. */
  workflow: Workflow;
  credentialId: string;
}

const position = { x: 0, y: 0 };

/** A draft with one call of the author's own. */
export function graphWith(credentialId: string, method = 'DELETE', url = '/endusers/1'): Graph {
  const settings = {
    ...{ vendorId: 'planhat', method, url },
    authorization: { mode: 'static', credentialId },
  };
  return {
    blocks: [
      { id: 'begin', type: 'begin', name: 'Begin', position, settings: {} },
      { id: 'call', type: 'api', name: 'Call', position, settings },
      { id: 'end', type: 'end', name: 'End', position, settings: {} },
    ],
    edges: [
      { id: 'a', from: 'begin', exit: 'next', to: 'call' },
      { id: 'b', from: 'call', exit: 'success', to: 'end' },
      { id: 'c', from: 'call', exit: 'failure', to: 'end' },
    ],
  };
}

/** Ada with a workflow that deletes, and Grace who may agree to it. */
export async function buildTwoPersonsWorld(): Promise<TwoPersonsWorld> {
  const app = await buildTestApp();
  const one = await signInAda(app);
  const grace = await addOperator(app, 'Grace', 'approver');
  const { cookie } = one;
  const ask = async <T>(method: 'POST' | 'PUT', path: string, body: object): Promise<T> => {
    const reply = await app.send(method, path, { cookie, body });
    if (reply.statusCode >= 300) throw new Error(`${method} ${path}: ${reply.body}`);
    return reply.json<T>();
  };
  const { credential } = await ask<CredentialDetails>('POST', '/credentials', {
    ...{ name: 'Planhat', vendorId: 'planhat', kind: 'bearer', token: 'a token of Planhat' },
  });
  const made = await ask<Workflow>('POST', '/workflows', { name: 'Clean up', records: { kind: 'people' } });
  const workflow = await ask<Workflow>('PUT', `/workflows/${made.id}/draft`, {
    ...{ revision: made.revision, graph: graphWith(credential.id) },
  });
  return { app, one, grace, workflow, credentialId: credential.id };
}

export const launch = (app: TestApp, { cookie }: Pick<Signed, 'cookie'>, { id, revision }: Workflow) =>
  app.send('PUT', `/workflows/${id}/activation`, { cookie, body: { revision } });

export const approve = (app: TestApp, id: string, { cookie }: Pick<Signed, 'cookie'>, more: object = {}) =>
  app.send('PUT', `/approvals/${id}/decision`, { cookie, body: { decision: 'approve', ...more } });

export async function findWorkflow(app: TestApp, { cookie }: Signed, id: string): Promise<Workflow> {
  return (await app.send('GET', `/workflows/${id}`, { cookie })).json();
}
