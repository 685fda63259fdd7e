import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type {
  App,
  ApprovalView,
  CredentialDetails,
  IntegrationDetails,
  Load,
  PersonDetails,
  RunDetails,
  SaasUserDetails,
  Workflow,
} from '#contract';

export interface Crumb {
  label: string;
  path: string;
}

/** The steps below the place, named as soon as the page itself has read what it shows; nothing is asked for twice. */
export function useCrumbs(pathname: string): Crumb[] {
  const client = useQueryClient();
  const text = useSyncExternalStore(
    (tell) => client.getQueryCache().subscribe(tell),
    () => JSON.stringify(toCrumbs(client, pathname)),
  );
  return JSON.parse(text) as Crumb[];
}

function toCrumbs(client: QueryClient, pathname: string): Crumb[] {
  const [, place, id, more, userId] = pathname.split('/');
  if (!place || !id) return [];
  if (place === 'credentials' && id === 'new') return [{ label: 'New credential', path: pathname }];
  if (place === 'loads') return loadCrumbs(client, id);
  const crumbs = [{ label: names[place]?.(client, id) ?? '…', path: `/${place}/${id}` }];
  if (place === 'apps' && more === 'users' && userId) {
    const user = client.getQueryData<SaasUserDetails>(['apps', id, 'users', 'one', userId]);
    if (user) crumbs[0] = { label: user.app.name, path: `/apps/${id}` };
    crumbs.push({ label: user ? user.user.displayName || user.user.email : '…', path: pathname });
  }
  if (place === 'workflows' && more) crumbs.push({ label: workflowParts[more] ?? more, path: pathname });
  return crumbs;
}

/** What there is of a workflow besides its canvas. */
const workflowParts: Record<string, string> = { versions: 'Versions', compare: 'Compare' };

function loadCrumbs(client: QueryClient, id: string): Crumb[] {
  const load = client.getQueryData<Load>(['loads', id]);
  if (!load) return [{ label: '…', path: `/loads/${id}` }];
  const name = names.integrations?.(client, load.integrationId) ?? 'Integration';
  return [
    { label: name, path: `/integrations/${load.integrationId}` },
    { label: 'Load', path: `/loads/${id}` },
  ];
}

type NameOf = (client: QueryClient, id: string) => string | undefined;

const names: Record<string, NameOf> = {
  people: (client, id) => {
    const person = client.getQueryData<PersonDetails>(['people', id])?.person;
    return person && (`${person.firstName} ${person.lastName}`.trim() || person.username);
  },
  apps: (client, id) => client.getQueryData<App>(['apps', id])?.name,
  workflows: (client, id) => client.getQueryData<Workflow>(['workflows', id])?.name,
  runs: (client, id) => client.getQueryData<RunDetails>(['runs', id])?.run.workflowName,
  integrations: (client, id) =>
    client.getQueryData<IntegrationDetails>(['integrations', id])?.integration.name,
  approvals: (client, id) => client.getQueryData<ApprovalView>(['approvals', id])?.title,
  credentials: (client, id) => client.getQueryData<CredentialDetails>(['credentials', id])?.credential.name,
};
