import { Tooltip } from '@mantine/core';
import { CircleHelp } from 'lucide-react';
import classes from './Unknown.module.css';

/** A value that nobody knows, and why. */
export function Unknown({ why }: { why: string }) {
  return (
    <Tooltip label={why}>
      <span className={classes.unknown}>
        <CircleHelp size={13} aria-hidden />
        Unknown
      </span>
    </Tooltip>
  );
}
