import type { ReactNode } from 'react';
import classes from './Panel.module.css';

interface Props {
  title?: string;
  /** Stands beside the title: a count. */
  note?: ReactNode;
  action?: ReactNode;
  /** Content touches the border, for tables and lists. */
  flush?: boolean;
  children: ReactNode;
}

/** One subject of a page on its own surface. */
export function Panel({ title, note, action, flush = false, children }: Props) {
  return (
    <section className={classes.panel}>
      {title && (
        <div className={classes.head}>
          <h2>{title}</h2>
          {note && <span className={classes.note}>{note}</span>}
          {action && <div className={classes.action}>{action}</div>}
        </div>
      )}
      <div className={classes.body} data-flush={flush || undefined} data-headed={Boolean(title) || undefined}>
        {children}
      </div>
    </section>
  );
}
