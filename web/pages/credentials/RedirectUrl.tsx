import type { Vendor } from '#contract';
import { useSession } from '../../api/use-session.ts';
import { Mono } from '../../ui/Mono.tsx';
import classes from './RedirectUrl.module.css';

/** Where the vendor sends people back after its login; it has to be told beforehand. */
export function RedirectUrl({ vendor }: { vendor: Vendor }) {
  const publicUrl = useSession().data?.publicUrl.replace(/\/+$/, '') ?? '';
  return (
    <div className={classes.redirect}>
      <span className={classes.label}>Redirect URL</span>
      <p>Enter it at {vendor.title} where you create the client ID.</p>
      <Mono copy="redirect URL">{`${publicUrl}/api/v1/oauth/callback`}</Mono>
    </div>
  );
}
