import type { ReactNode } from 'react';
import { RouteLink } from '../../ui/RouteLink.tsx';

interface Versioned {
  workflowId: string;
  workflowName: string;
  versionNumber: number;
}

/** Of which workflow something is asked, and by which version. */
export const versionRows = ({
  workflowId,
  workflowName,
  versionNumber,
}: Versioned): [string, ReactNode][] => [
  [
    'Workflow',
    <RouteLink key="workflow" to={`/workflows/${workflowId}`}>
      {workflowName}
    </RouteLink>,
  ],
  ['Version', versionNumber],
];

/** The run that waits for the answer. */
export const runRow = (runId: string, words = 'Open the run that waits'): [string, ReactNode] => [
  'Run',
  <RouteLink key="run" to={`/runs/${runId}`}>
    {words}
  </RouteLink>,
];
