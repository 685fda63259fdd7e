import type { RunDetails } from '#contract';
import { Mono } from '../../ui/Mono.tsx';
import classes from './RerunLinks.module.css';

/** The global variables that a run goes by, as they were when it began. */
export function RunGlobals({ globals }: Pick<RunDetails, 'globals'>) {
  const values = Object.entries(globals);
  if (values.length === 0) return null;
  return (
    <p className={classes.line}>
      <span>Global variables, as of its start:</span>
      {values.map(([name, value]) => (
        <Mono key={name}>{`${name} = ${value}`}</Mono>
      ))}
    </p>
  );
}
