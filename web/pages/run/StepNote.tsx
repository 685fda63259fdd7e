import type { ReactNode } from 'react';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { runInText } from './run-link.ts';

/** A sentence of a step. A run that it names in brackets is a link to it. */
export function StepNote({ text }: { text: string }): ReactNode {
  const [before = '', runId, after = ''] = text.split(runInText, 3);
  if (runId === undefined) return text;
  return (
    <>
      {before}(<RouteLink to={`/runs/${runId}`}>its run</RouteLink>){after}
    </>
  );
}
