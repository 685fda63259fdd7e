import type { ReactNode } from 'react';
import classes from './Changeable.module.css';
import { useEditor } from './editor-world.ts';

/** Inputs that are dead for whoever may only look at the workflow; what opens other things to look at stays outside. */
export function Changeable({ label, children }: { label: string; children: ReactNode }) {
  const { mayChange } = useEditor();
  return (
    <fieldset className={classes.inputs} disabled={!mayChange} aria-label={label}>
      {children}
    </fieldset>
  );
}
