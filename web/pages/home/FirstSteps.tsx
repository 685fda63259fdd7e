import { Check } from 'lucide-react';
import type { Overview } from '#contract';
import { useCredentials } from '../../api/use-credentials.ts';
import { useIntegrations } from '../../api/use-integrations.ts';
import { useWorkflows } from '../../api/use-workflows.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './FirstSteps.module.css';

interface FirstStep {
  key: keyof Overview['steps'];
  title: string;
  summary: string;
  action: string;
  path: string;
  /** Leads straight to the thing itself where it exists already. */
  thing?: 'credentials' | 'integrations' | 'workflows';
}

const firstSteps: FirstStep[] = [
  {
    key: 'hasCredential',
    title: 'Connect Webex',
    summary: 'Add a credential and sign in to Webex as an admin. Its secrets are stored encrypted.',
    action: 'Add a credential',
    path: '/credentials/new?vendor=webex',
    thing: 'credentials',
  },
  {
    key: 'hasIntegration',
    title: 'Set up the user load',
    summary: 'Choose what is read, let Smart Mapping match the fields, and launch the integration.',
    action: 'Set up an integration',
    path: '/integrations?new=1',
    thing: 'integrations',
  },
  {
    key: 'hasLoad',
    title: 'Load the users',
    summary: 'Every Webex account arrives with its roles and last activity. Nothing is changed in Webex.',
    action: 'Load users',
    path: '/integrations',
    thing: 'integrations',
  },
  {
    key: 'hasWorkflow',
    title: 'Open the clean-up workflow',
    summary:
      'Start from the recipe that finds accounts nobody has used for 90 days, and look at every block.',
    action: 'Choose a recipe',
    path: '/workflows?new=recipe',
  },
  {
    key: 'hasRun',
    title: 'Run it and see what it did',
    summary: 'Follow each record along the canvas, with every request, answer and change.',
    action: 'Open the workflow',
    path: '/workflows',
    thing: 'workflows',
  },
];

/** The first story of a new server, ticking itself off; gone once it is told. */
export function FirstSteps({ steps }: { steps: Overview['steps'] }) {
  const things = {
    credentials: useCredentials().data?.[0]?.id,
    integrations: useIntegrations().data?.[0]?.id,
    workflows: useWorkflows().data?.[0]?.id,
  };
  const present = firstSteps.find((step) => !steps[step.key]);
  if (!present) return null;
  const done = firstSteps.filter((step) => steps[step.key]).length;
  return (
    <Panel title="Getting started" note={`${done} of ${firstSteps.length} done`} flush>
      <ol className={classes.steps}>
        {firstSteps.map((step, n) => {
          const isDone = steps[step.key];
          return (
            <li
              key={step.key}
              className={classes.step}
              data-done={isDone || undefined}
              data-present={step === present || undefined}
            >
              <span className={classes.mark}>
                {isDone ? <Check size={14} strokeWidth={3} aria-label="done" /> : n + 1}
              </span>
              <div className={classes.words}>
                <h3>{step.title}</h3>
                {!isDone && <p>{step.summary}</p>}
              </div>
              {step === present && (
                <LinkButton to={pathOf(step, step.thing && things[step.thing])}>{step.action}</LinkButton>
              )}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function pathOf(step: FirstStep, id: string | undefined): string {
  return step.thing && id ? `/${step.thing}/${id}` : step.path;
}
