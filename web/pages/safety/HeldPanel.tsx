import { Button } from '@mantine/core';
import { useState } from 'react';
import { useCan } from '../../api/use-session.ts';
import { useHoldings } from '../../shell/HeldBand.tsx';
import { ReleaseDialog } from '../../shell/ReleaseDialog.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import type { Holding } from '../../ui/guard-words.ts';
import { Panel } from '../../ui/Panel.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { countOf } from '../../ui/words.ts';

/** Everything that holds destructive calls now; nothing where nothing does. */
export function HeldPanel() {
  const holdings = useHoldings();
  const mayRelease = useCan('guard.write');
  const [released, setReleased] = useState<Holding | null>(null);
  if (holdings.length === 0) return null;
  const columns: Column<Holding>[] = [
    { key: 'what', header: 'What', isCut: true, cell: (held) => held.title },
    { key: 'why', header: 'Why', isCut: true, cell: (held) => held.reason || '—', from: 'md' },
    {
      key: 'who',
      header: 'By',
      width: 150,
      isCut: true,
      cell: (held) => held.by ?? (held.kind === 'freeze' ? 'Freeze' : 'Rollcall'),
      from: 'sm',
    },
    { key: 'since', header: 'Since', width: 130, cell: (held) => <TimeAgo at={held.at} />, from: 'sm' },
    {
      key: 'release',
      header: '',
      width: 100,
      align: 'right',
      cell: (held) =>
        mayRelease &&
        held.kind !== 'freeze' && (
          <Button variant="default" size="compact-sm" onClick={() => setReleased(held)}>
            Release
          </Button>
        ),
    },
  ];
  return (
    <Panel title="Held now" note={countOf(holdings.length, 'hold')} flush>
      <DataTable label="Held now" columns={columns} rows={holdings} rowKey={({ key }) => key} />
      {released && <ReleaseDialog held={released} onClose={() => setReleased(null)} />}
    </Panel>
  );
}
