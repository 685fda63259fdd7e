import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';

interface Props {
  title: string;
  /** One line of what this page is. */
  summary?: ReactNode;
  /** Stands before the title: a vendor's mark. */
  mark?: ReactNode;
  /** Stands after the title: a status. */
  badge?: ReactNode;
  actions?: ReactNode;
}

/** Title, one line of what the page is, and its actions at the right. */
export function PageHeader({ title, summary, mark, badge, actions }: Props) {
  return (
    <header className={classes.header}>
      {mark}
      <div className={classes.words}>
        <div className={classes.title}>
          <h1>{title}</h1>
          {badge}
        </div>
        {summary && <p className={classes.summary}>{summary}</p>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
