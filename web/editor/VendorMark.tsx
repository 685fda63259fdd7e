import classes from './VendorMark.module.css';

type Props = { title: string; size?: number };

/** A neutral letter mark for a vendor: no copied logos. */
export function VendorMark({ title, size = 32 }: Props) {
  const letters = title.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 2);
  return (
    <span
      className={classes.mark}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.4) }}
      aria-hidden
    >
      {letters}
    </span>
  );
}
