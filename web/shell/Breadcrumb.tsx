import { Link, useLocation } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import classes from './Breadcrumb.module.css';
import { placeOf } from './places.ts';
import { useCrumbs } from './use-crumbs.ts';

/** The way to the present page. */
export function Breadcrumb() {
  const { pathname } = useLocation();
  const place = placeOf(pathname);
  const crumbs = useCrumbs(pathname);
  if (!place) return null;
  const steps = [{ label: place.label, path: place.path }, ...crumbs];
  return (
    <nav aria-label="Breadcrumb" className={classes.crumbs}>
      {steps.map((step, n) => (
        <Fragment key={step.path}>
          {n > 0 && <ChevronRight size={14} aria-hidden className={classes.between} />}
          {n < steps.length - 1 ? (
            <Link to={step.path}>{step.label}</Link>
          ) : (
            <span aria-current="page">{step.label}</span>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
