import { Link } from '@tanstack/react-router';
import type { Overview } from '#contract';
import { linkTo } from '../../ui/link-to.ts';
import { toNumberText } from '../../ui/words.ts';
import classes from './Numbers.module.css';

/** The few numbers that say how things are; each opens the list behind it. */
export function Numbers({ overview }: { overview: Overview }) {
  const { people, deactivatedPeople, apps, activeWorkflows } = overview;
  const only = apps.length === 1 ? apps[0] : undefined;
  const list = (activity: string): string =>
    only ? `/apps/${only.id}?status=active&activity=${activity}` : '/apps';
  const sum = (count: (app: Overview['apps'][number]) => number): number =>
    apps.reduce((all, app) => all + count(app), 0);
  const numbers = [
    {
      label: 'People',
      value: people,
      note: `${toNumberText(deactivatedPeople)} deactivated`,
      path: '/people',
    },
    {
      label: 'Accounts',
      value: sum((app) => app.users - app.deactivated),
      note: `in ${only ? only.name : `${apps.length} apps`}, ${toNumberText(sum((app) => app.deactivated))} deactivated`,
      path: only ? `/apps/${only.id}?status=active` : '/apps',
    },
    {
      label: 'Inactive for 90 days',
      value: sum((app) => app.inactive90Days),
      note: 'accounts',
      path: list('inactive'),
    },
    {
      label: 'Activity unknown',
      value: sum((app) => app.unknownActivity),
      note: 'never treated as inactive',
      path: list('unknown'),
    },
    { label: 'Active workflows', value: activeWorkflows, note: 'may start runs', path: '/workflows' },
  ];
  return (
    <div className={classes.numbers}>
      {numbers.map(({ label, value, note, path }) => (
        <Link key={label} {...linkTo(path)} className={classes.number}>
          <span className={classes.label}>{label}</span>
          <strong>{toNumberText(value)}</strong>
          <span className={classes.note}>{note}</span>
        </Link>
      ))}
    </div>
  );
}
