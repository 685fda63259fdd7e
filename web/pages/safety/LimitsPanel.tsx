import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import type { LimitKind, SafetyState } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { useCan } from '../../api/use-session.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { LimitsDialog } from './LimitsDialog.tsx';
import classes from './LimitsPanel.module.css';
import { type LimitPlace, limitsAt, limitText, placeKey, placesOf, type Span } from './limits-draft.ts';
import { AddButton, actionColumn } from './PanelActions.tsx';
import { UseBar } from './UseBar.tsx';

/** How many accounts may lose something, and how much of that is used up. */
export function LimitsPanel({ safety }: { safety: SafetyState }) {
  const nameOf = useGuardNames();
  const mayChange = useCan('guard.write');
  const [edited, setEdited] = useState<LimitPlace | 'new' | null>(null);
  const titleOf = (place: LimitPlace): string =>
    place.kind === 'all' ? 'All workflows' : nameOf(place.kind, place.id);

  const limit = (span: Span, kind: LimitKind): Column<LimitPlace> => ({
    key: `${span} ${kind}`,
    header: headers[span][kind],
    cell: (place) => <Cell safety={safety} place={place} span={span} kind={kind} />,
  });
  const columns: Column<LimitPlace>[] = [
    {
      key: 'place',
      header: 'For',
      width: 230,
      isCut: true,
      cell: (place) => (
        <span className={classes.place}>
          {titleOf(place)}
          {place.kind !== 'all' && <small>{place.kind === 'vendor' ? 'Vendor' : 'Workflow'}</small>}
        </span>
      ),
    },
    limit('run', 'delete'),
    limit('day', 'delete'),
    limit('run', 'disable'),
    limit('day', 'disable'),
  ];
  if (mayChange)
    columns.push(
      actionColumn<LimitPlace>({
        ...{ icon: PencilLine, label: 'Change limits', onAct: setEdited },
        nameOf: (place) => `Change limits for ${titleOf(place)}`,
      }),
    );

  return (
    <Panel
      title="Limits"
      note="counted before a call leaves"
      action={mayChange && <AddButton onClick={() => setEdited('new')}>For a vendor or workflow</AddButton>}
      flush
    >
      <DataTable
        label="Limits"
        columns={columns}
        rows={placesOf(safety.settings)}
        rowKey={placeKey}
        minWidth={880}
      />
      {edited && (
        <LimitsDialog
          safety={safety}
          place={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}

const headers: Record<Span, Record<LimitKind, string>> = {
  run: { delete: 'Deletions, a run', disable: 'Disabled or reduced, a run' },
  day: { delete: 'Deletions, 24 hours', disable: 'Disabled or reduced, 24 hours' },
};

interface CellProps {
  safety: SafetyState;
  place: LimitPlace;
  span: Span;
  kind: LimitKind;
}

function Cell({ safety, place, span, kind }: CellProps) {
  const text = limitText(limitsAt(safety.settings, place)[span]?.[kind]);
  if (text === null)
    return (
      <span className={classes.none}>{place.kind === 'workflow' && span === 'run' ? 'As for all' : '—'}</span>
    );
  if (span === 'run') return text;
  const use = safety.uses.find((one) => one.scope === placeKey(place) && one.kind === kind);
  return <UseBar label={headers[span][kind]} used={use?.used ?? 0} most={use?.most ?? null} />;
}
