import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { AppWindow, PencilLine } from 'lucide-react';
import { useState } from 'react';
import type { Person, PersonDetails } from '#contract';
import { usePerson } from '../api/use-people.ts';
import { useCan } from '../api/use-session.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { KeyValues } from '../ui/KeyValues.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Mono } from '../ui/Mono.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { nameOf } from '../ui/person-name.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { toNumberText } from '../ui/words.ts';
import { EditPerson } from './person/EditPerson.tsx';
import { Activity } from './records/Activity.tsx';
import { Changes } from './records/Changes.tsx';
import columnClasses from './records/Columns.module.css';
import { toFieldRow } from './records/FieldValue.tsx';
import { RecordRuns } from './records/RecordRuns.tsx';
import { useRecordFields } from './records/record-fields.ts';
import { WhatHappened } from './records/WhatHappened.tsx';

type Account = PersonDetails['accounts'][number];

const accountColumns: Column<Account>[] = [
  { key: 'app', header: 'App', cell: (account) => account.appName, width: 130, isCut: true },
  { key: 'email', header: 'Account', cell: (account) => account.email, isCut: true, from: 'sm' },
  { key: 'roles', header: 'Roles', cell: (account) => account.roles.join(', '), isCut: true, from: 'md' },
  {
    key: 'activity',
    header: 'Last activity',
    cell: (account) => <Activity at={account.lastActivity} />,
    width: 130,
  },
  {
    key: 'state',
    header: 'State',
    cell: (account) => <StatusBadge status={account.isDeactivated ? 'deactivated' : 'active'} />,
    width: 130,
    from: 'sm',
  },
];

/** One person: values, accounts, what changed and why, and the runs they went through. */
export function PersonPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={usePerson(id)}>{(details) => <Details {...details} />}</Loaded>;
}

function Details({ person, accounts, history, runs }: PersonDetails) {
  const { labelOf } = useRecordFields('person');
  const canEdit = useCan('records.write');
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <PageHeader
        title={nameOf(person)}
        summary={person.email}
        badge={<StatusBadge status={person.status} />}
        actions={
          canEdit && (
            <Button
              variant="default"
              leftSection={<PencilLine size={15} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              Edit person
            </Button>
          )
        }
      />
      {isEditing && <EditPerson person={person} onClose={() => setEditing(false)} />}
      <div className={columnClasses.columns}>
        <div className={columnClasses.column}>
          <Panel title="Fields">
            <PersonFields person={person} />
          </Panel>
        </div>
        <div className={columnClasses.column}>
          <Panel title="Accounts" note={toNumberText(accounts.length)} flush>
            {accounts.length > 0 ? (
              <DataTable
                label="Accounts"
                columns={accountColumns}
                rows={accounts}
                rowKey={(account) => account.id}
                rowLink={(account) => `/apps/${account.appId}/users/${account.id}`}
              />
            ) : (
              <EmptyState icon={AppWindow} title="No accounts known">
                An account appears here when a load in the mode User plus SaaS user matches this person.
              </EmptyState>
            )}
          </Panel>
          <WhatHappened noun="people" path={`/people/${person.id}`} />
          <Panel title="Runs" note={toNumberText(runs.length)} flush>
            <RecordRuns runs={runs} />
          </Panel>
          <Panel title="Changes" note={toNumberText(history.length)} flush>
            <Changes changes={history} labelOf={labelOf} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function PersonFields({ person }: { person: Person }) {
  const { fields } = useRecordFields('person');
  const custom = fields.filter((field) => !field.isBuiltIn);
  return (
    <KeyValues
      rows={[
        ['Username', person.username],
        ['Email', person.email],
        ['First name', person.firstName],
        ['Last name', person.lastName],
        ['Role', person.role],
        ...custom.map((field) => toFieldRow(field, person.fields[field.externalId])),
        ['Added', <TimeAgo key="added" at={person.createdAt} />],
        ['Last changed', <TimeAgo key="changed" at={person.updatedAt} />],
        [
          'Person ID',
          <Mono key="id" copy="person ID">
            {person.id}
          </Mono>,
        ],
      ]}
    />
  );
}
