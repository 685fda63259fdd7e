import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface Props {
  icon: LucideIcon;
  title: string;
  /** The whole page is this. */
  isPage?: boolean;
  /** One sentence: what would be here. */
  children: ReactNode;
  /** The one action that fills it. */
  action?: ReactNode;
}

/** Says what a place is for while nothing is in it. */
export function EmptyState({ icon: Icon, title, isPage = false, children, action }: Props) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon size={22} strokeWidth={1.75} aria-hidden />
      </span>
      <Heading>{title}</Heading>
      <p>{children}</p>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
