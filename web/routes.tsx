import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { lazy } from 'react';
import { AgentsPage } from './pages/AgentsPage.tsx';
import { AnswerPage } from './pages/AnswerPage.tsx';
import { AppPage } from './pages/AppPage.tsx';
import { ApprovalPage } from './pages/ApprovalPage.tsx';
import { ApprovalsPage } from './pages/ApprovalsPage.tsx';
import { AppsPage } from './pages/AppsPage.tsx';
import { CredentialPage } from './pages/CredentialPage.tsx';
import { CredentialsPage } from './pages/CredentialsPage.tsx';
import { FieldsPage } from './pages/FieldsPage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { IntegrationsPage } from './pages/IntegrationsPage.tsx';
import { InvitationPage } from './pages/InvitationPage.tsx';
import { LoadPage } from './pages/LoadPage.tsx';
import { NewCredentialPage } from './pages/NewCredentialPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { OperatorsPage } from './pages/OperatorsPage.tsx';
import { PeoplePage } from './pages/PeoplePage.tsx';
import { PersonPage } from './pages/PersonPage.tsx';
import { RolesPage } from './pages/RolesPage.tsx';
import { RunsPage } from './pages/RunsPage.tsx';
import { SaasUserPage } from './pages/SaasUserPage.tsx';
import { SafetyPage } from './pages/SafetyPage.tsx';
import { SetUpPage } from './pages/SetUpPage.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { UnclearCallsPage } from './pages/UnclearCallsPage.tsx';
import { VariablesPage } from './pages/VariablesPage.tsx';
import { VendorsPage } from './pages/VendorsPage.tsx';
import { VersionsPage } from './pages/VersionsPage.tsx';
import { WorkflowsPage } from './pages/WorkflowsPage.tsx';
import { BrokenPage } from './shell/BrokenPage.tsx';
import { Shell } from './shell/Shell.tsx';

// Pages with a canvas or drag and drop bring libraries that no other page needs.
const IntegrationPage = lazy(() =>
  import('./pages/IntegrationPage.tsx').then((page) => ({ default: page.IntegrationPage })),
);
const WorkflowPage = lazy(() =>
  import('./pages/WorkflowPage.tsx').then((page) => ({ default: page.WorkflowPage })),
);
const CompareVersionsPage = lazy(() =>
  import('./pages/CompareVersionsPage.tsx').then((page) => ({ default: page.CompareVersionsPage })),
);
const RunPage = lazy(() => import('./pages/RunPage.tsx').then((page) => ({ default: page.RunPage })));

/** Which page each address shows. */
export function makeRouter() {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
  const inShell = (path: string, component: () => React.ReactNode) =>
    createRoute({ getParentRoute: () => shell, path, component });

  return createRouter({
    routeTree: root.addChildren([
      createRoute({ getParentRoute: () => root, path: '/setup', component: SetUpPage }),
      createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage }),
      createRoute({ getParentRoute: () => root, path: '/invitation', component: InvitationPage }),
      createRoute({ getParentRoute: () => root, path: '/answer', component: AnswerPage }),
      shell.addChildren([
        inShell('/', HomePage),
        inShell('/people', PeoplePage),
        inShell('/people/$id', PersonPage),
        inShell('/apps', AppsPage),
        inShell('/apps/$id', AppPage),
        inShell('/apps/$id/users/$userId', SaasUserPage),
        inShell('/workflows', WorkflowsPage),
        inShell('/workflows/$id', () => <WorkflowPage />),
        inShell('/workflows/$id/versions', VersionsPage),
        inShell('/workflows/$id/compare', () => <CompareVersionsPage />),
        inShell('/runs', RunsPage),
        inShell('/runs/$id', () => <RunPage />),
        inShell('/global-variables', VariablesPage),
        inShell('/unclear-calls', UnclearCallsPage),
        inShell('/approvals', ApprovalsPage),
        inShell('/approvals/$id', ApprovalPage),
        inShell('/safety', SafetyPage),
        inShell('/integrations', IntegrationsPage),
        inShell('/integrations/$id', () => <IntegrationPage />),
        inShell('/loads/$id', LoadPage),
        inShell('/credentials', CredentialsPage),
        inShell('/credentials/new', NewCredentialPage),
        inShell('/credentials/$id', CredentialPage),
        inShell('/agents', AgentsPage),
        inShell('/fields', FieldsPage),
        inShell('/roles', RolesPage),
        inShell('/operators', OperatorsPage),
        inShell('/vendors', VendorsPage),
        inShell('/$', NotFoundPage),
      ]),
    ]),
    defaultPreload: false,
    defaultErrorComponent: BrokenPage,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: toSearchText,
  });
}

/** Plain `?a=b`: addresses are read and shared by people. */
function toSearchText(search: Record<string, unknown>): string {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
  return text && `?${text}`;
}
