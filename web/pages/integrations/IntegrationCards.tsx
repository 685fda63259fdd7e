import { Link } from '@tanstack/react-router';
import type { Integration } from '#contract';
import { useVendors } from '../../api/use-vendors.ts';
import { VendorMark } from '../../editor/VendorMark.tsx';
import { CountBar } from '../../ui/CountBar.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import classes from './IntegrationCards.module.css';
import { modeWords } from './load-words.ts';
import { tallyParts } from './tally-parts.ts';

/** The block view: one card for each integration, with its state and its last load. */
export function IntegrationCards({ integrations }: { integrations: readonly Integration[] }) {
  const vendors = useVendors().data ?? [];
  return (
    <ul className={classes.cards}>
      {integrations.map((integration) => {
        const vendor = vendors.find((one) => one.id === integration.vendorId);
        const { lastLoad } = integration;
        return (
          <li key={integration.id} className={classes.card}>
            <div className={classes.head}>
              <VendorMark title={vendor?.title ?? integration.vendorId} size={38} />
              <div className={classes.words}>
                <Link to={`/integrations/${integration.id}`}>{integration.name}</Link>
                <span>{modeWords[integration.mode].label}</span>
              </div>
              <StatusBadge status={integration.status} />
            </div>
            <div className={classes.foot}>
              {lastLoad ? (
                <>
                  <span className={classes.line}>
                    <StatusBadge status={lastLoad.status} />
                    <TimeAgo at={lastLoad.startedAt} />
                  </span>
                  <CountBar parts={tallyParts(lastLoad.tally)} />
                </>
              ) : (
                <span>No load yet</span>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
