import { Plug, Workflow } from 'lucide-react';
import type { CredentialDetails } from '#contract';
import { Panel } from '../../ui/Panel.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import classes from './CredentialUses.module.css';

/** Where a credential is used; while it is, it cannot be deleted. */
export function CredentialUses({ usedBy }: Pick<CredentialDetails, 'usedBy'>) {
  return (
    <Panel title="Used by" note={usedBy.length}>
      {usedBy.length === 0 && <p className={classes.none}>No integration or workflow uses it yet.</p>}
      <ul className={classes.list}>
        {usedBy.map(({ kind, id, name }) => {
          const Icon = kind === 'integration' ? Plug : Workflow;
          return (
            <li key={`${kind} ${id}`}>
              <Icon size={15} aria-label={kind} />
              <RouteLink to={`/${kind}s/${id}`}>{name}</RouteLink>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
