import { useParams } from '@tanstack/react-router';
import type { SaasUserDetails } from '#contract';
import { useSaasUser } from '../api/use-apps.ts';
import { Json } from '../ui/Json.tsx';
import { KeyValues } from '../ui/KeyValues.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Mono } from '../ui/Mono.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { nameOf } from '../ui/person-name.ts';
import { RouteLink } from '../ui/RouteLink.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { toNumberText } from '../ui/words.ts';
import { Activity } from './records/Activity.tsx';
import { Changes } from './records/Changes.tsx';
import columnClasses from './records/Columns.module.css';
import { toFieldRow } from './records/FieldValue.tsx';
import { RecordRuns } from './records/RecordRuns.tsx';
import { useRecordFields } from './records/record-fields.ts';
import { WhatHappened } from './records/WhatHappened.tsx';

/** One account in one app: our values, the vendor's own record, what changed and why. */
export function SaasUserPage() {
  const { id = '', userId = '' } = useParams({ strict: false });
  return <Loaded query={useSaasUser(id, userId)}>{(details) => <Details {...details} />}</Loaded>;
}

function Details(details: SaasUserDetails) {
  const { user, app, raw, history, runs } = details;
  const { labelOf } = useRecordFields('saas_user');
  return (
    <>
      <PageHeader
        title={user.displayName || user.email || user.identifier}
        summary={`Account in ${app.name}`}
        badge={<StatusBadge status={user.isDeactivated ? 'deactivated' : 'active'} />}
      />
      <div className={columnClasses.columns}>
        <div className={columnClasses.column}>
          <Panel title="Values">
            <Values {...details} />
          </Panel>
        </div>
        <div className={columnClasses.column}>
          <WhatHappened noun="apps" path={`/apps/${app.id}/users/${user.id}`} />
          <Panel title="Runs" note={toNumberText(runs.length)} flush>
            <RecordRuns runs={runs} />
          </Panel>
          <Panel title="Changes" note={toNumberText(history.length)} flush>
            <Changes changes={history} labelOf={labelOf} />
          </Panel>
          <Panel title={`Record as ${app.name} sent it`}>
            <Json value={raw} label={`record of ${app.name}`} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Values({ user, person }: SaasUserDetails) {
  const { fields } = useRecordFields('saas_user');
  const custom = fields.filter((field) => !field.isBuiltIn);
  return (
    <KeyValues
      rows={[
        [
          'Person',
          person ? (
            <RouteLink key="person" to={`/people/${person.id}`}>
              {nameOf(person)}
            </RouteLink>
          ) : (
            'Not matched'
          ),
        ],
        ['Email', user.email],
        ['Roles', user.roles.join(', ')],
        ['Licences', user.licenses.join(', ')],
        ['Status', user.status],
        ['Type', user.type],
        ['Last activity', <Activity key="activity" at={user.lastActivity} />],
        ['Delete in SaaS', user.deleteInSaas ? 'Yes' : 'No'],
        ...custom.map((field) => toFieldRow(field, user.fields[field.externalId])),
        ['First seen', <TimeAgo key="first" at={user.firstSeenAt} />],
        ['Last seen', <TimeAgo key="last" at={user.lastSeenAt} />],
        [
          'Identifier in the app',
          <Mono key="identifier" copy="identifier">
            {user.identifier}
          </Mono>,
        ],
      ]}
    />
  );
}
