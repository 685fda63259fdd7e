import { z } from 'zod';
import { undoneSchema } from '#contract';
import { RouteLink } from '../../ui/RouteLink.tsx';
import classes from './RerunLinks.module.css';
import { useRunWorld } from './run-world.ts';

const settingsSchema = z.object({ undoes: undoneSchema });

/** From a run that takes something back to the run that did it. */
export function UndoneLine() {
  const { details } = useRunWorld();
  const begin = details.graph.blocks.find(({ type }) => type === 'begin');
  const parsed = settingsSchema.safeParse(begin?.settings);
  if (!parsed.success) return null;
  return (
    <p className={classes.line}>
      <span>
        Takes back what <RouteLink to={`/runs/${parsed.data.undoes.runId}`}>an earlier run</RouteLink> did.
      </span>
    </p>
  );
}
