import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { linkTo } from './link-to.ts';
import classes from './RouteLink.module.css';

interface Props {
  to: string;
  children: ReactNode;
}

/** A link to a page of ours within a text or a cell. */
export function RouteLink({ to, children }: Props) {
  return (
    <Link {...linkTo(to)} className={classes.link}>
      {children}
    </Link>
  );
}
