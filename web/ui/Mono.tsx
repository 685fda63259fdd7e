import { CopyButton } from './CopyButton.tsx';
import classes from './Mono.module.css';

interface Props {
  children: string;
  /** Offers to copy it, under this name. */
  copy?: string;
}

/** An id, a URL or a template in its own type. */
export function Mono({ children, copy }: Props) {
  return (
    <span className={classes.mono}>
      <code>{children}</code>
      {copy && <CopyButton text={children} what={copy} />}
    </span>
  );
}
