import { CircleAlert, CircleCheck, CircleX, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';
import type { Tone } from './tone.ts';

const icons = {
  danger: CircleX,
  warning: CircleAlert,
  success: CircleCheck,
  interactive: Info,
  neutral: Info,
};

interface Props {
  tone: Tone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Something to know about this page now, with what to do about it. */
export function Notice({ tone, title, children, action }: Props) {
  const Icon = icons[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon size={17} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <strong>{title}</strong>
        {children && <div>{children}</div>}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
