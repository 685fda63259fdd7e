import type { ReactNode } from 'react';
import classes from './GateFrame.module.css';
import { Logo } from './Logo.tsx';

interface Props {
  title: string;
  summary: string;
  children?: ReactNode;
}

/** The page before the door: sign-in and set-up. */
export function GateFrame({ title, summary, children }: Props) {
  return (
    <main className={classes.gate}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Logo size={34} />
          <span>Rollcall</span>
        </div>
        <h1>{title}</h1>
        <p>{summary}</p>
        {children}
      </div>
    </main>
  );
}
