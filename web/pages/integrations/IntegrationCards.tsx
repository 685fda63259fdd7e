import { Link } from '@tanstack/react-router';
import type { Integration } from '#contract';
import { useVendors } from '../../api/use-vendors.ts';
import { VendorMark } from '../../editor/VendorMark.tsx';
import { CountBar } from '../../ui/CountBar.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { statusLooks } from '../../ui/statuses.ts';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import classes from './IntegrationCards.module.css';
import { toIntegrationState } from './integration-state.ts';
import { modeWords } from './load-words.ts';
import { NextLoad } from './NextLoad.tsx';
import { tallyParts } from './tally-parts.ts';

/** The block view: one card for each integration, with its state, its last load and its next one. */
export function IntegrationCards({ integrations }: { integrations: readonly Integration[] }) {
  const vendors = useVendors().data ?? [];
  return (
    <ul className={classes.cards}>
      {integrations.map((integration) => {
        const vendor = vendors.find((one) => one.id === integration.vendorId);
        const { lastLoad } = integration;
        const state = toIntegrationState(integration);
        return (
          <li key={integration.id} className={classes.card} data-tone={statusLooks[state.status].tone}>
            <div className={classes.head}>
              <VendorMark title={vendor?.title ?? integration.vendorId} size={38} />
              <div className={classes.words}>
                <Link to={`/integrations/${integration.id}`}>{integration.name}</Link>
                <span>{modeWords[integration.mode].label}</span>
              </div>
              <StatusBadge {...state} />
            </div>
            <dl className={classes.foot}>
              <div>
                <dt>Last load</dt>
                <dd>{lastLoad ? <TimeAgo at={lastLoad.startedAt} /> : 'Never'}</dd>
              </div>
              <div>
                <dt>Next load</dt>
                <dd>
                  <NextLoad integration={integration} />
                </dd>
              </div>
            </dl>
            {lastLoad && (
              <div className={classes.tally}>
                <CountBar parts={tallyParts(lastLoad.tally)} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
