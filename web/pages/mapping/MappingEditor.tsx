import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { Button, Group } from '@mantine/core';
import { Eye, WandSparkles } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Field, Integration, MappingRow, Vendor } from '#contract';
import { useChangeIntegration, usePreviewMapping, useProposeMapping } from '../../api/use-integrations.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { announcements, findTarget, moveByTarget } from './drag.ts';
import classes from './MappingEditor.module.css';
import { keyOf, mappableFields, withSource } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import { OpenTargets } from './OpenTargets.tsx';
import { Preview } from './Preview.tsx';
import { SmartProposals } from './SmartProposals.tsx';
import { SourceList } from './SourceList.tsx';

interface Props {
  integration: Integration;
  vendor: Vendor;
  fields: readonly Field[];
  onDone: () => void;
}

/** Which vendor field fills which of ours, by Smart Mapping, by hand or by dragging; nothing is written before saving. */
export function MappingEditor({ integration, vendor, fields, onDone }: Props) {
  const [rows, setRows] = useState<MappingRow[]>(integration.mapping.rows);
  const [previewed, setPreviewed] = useState<MappingRow[] | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const saving = useChangeIntegration(integration.id);
  const proposal = useProposeMapping(integration.id);
  const preview = usePreviewMapping(integration.id);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: moveByTarget }),
  );
  // The first look at the vendor's records, for the sample values beside each field.
  const readSamples = useEffectEvent(() => {
    if (integration.credentialId) preview.mutate(integration.mapping);
  });
  useEffect(() => readSamples(), []);

  const look = (looked: MappingRow[]): void => {
    if (!integration.credentialId) return;
    preview.mutate({ rows: looked }, { onSuccess: () => setPreviewed(looked) });
  };
  const usable = mappableFields(fields, integration.mode);
  const world: MappingWorld = {
    vendor,
    fields: usable,
    rows,
    change: setRows,
    taken: new Set(rows.map((row) => keyOf(row.target))),
    samples: preview.data?.samples,
  };
  const sourceLabel = (key: string): string =>
    vendor.load.fields.find((one) => one.key === key)?.label ?? key;
  const targetLabel = (key: string): string => usable.find((one) => keyOf(one) === key)?.label ?? key;
  const drop = (source: string, over: string | undefined): void => {
    setDragged(null);
    const target = usable.find((one) => keyOf(one) === over);
    if (!target) return;
    const { recordType, externalId } = target;
    setRows(withSource(rows, { kind: 'field', key: source }, { recordType, externalId }));
  };

  return (
    <div>
      <div className={classes.bar}>
        <Button
          variant="light"
          leftSection={<WandSparkles size={15} aria-hidden />}
          loading={proposal.isPending}
          onClick={() =>
            proposal.mutate(undefined, {
              onError: (error) => sayFailed('Smart Mapping has no proposal', error),
            })
          }
        >
          Smart Mapping
        </Button>
        <Button
          variant="default"
          leftSection={<Eye size={15} aria-hidden />}
          loading={preview.isPending}
          disabled={!integration.credentialId}
          onClick={() => look(rows)}
        >
          Preview first records
        </Button>
        {!integration.credentialId && <span>Choose a credential to see sample values.</span>}
      </div>
      {proposal.data && (
        <SmartProposals
          proposal={proposal.data}
          world={world}
          onAcceptAll={look}
          onClose={() => proposal.reset()}
        />
      )}
      <DndContext
        sensors={sensors}
        collisionDetection={findTarget}
        accessibility={{ announcements: announcements(sourceLabel, targetLabel) }}
        onDragStart={({ active }) => setDragged(String(active.id))}
        onDragCancel={() => setDragged(null)}
        onDragEnd={({ active, over }) => drop(String(active.id), over ? String(over.id) : undefined)}
      >
        <div className={classes.columns}>
          <SourceList world={world} />
          <OpenTargets world={world} />
        </div>
        <DragOverlay dropAnimation={null}>
          {dragged && <div className={classes.dragged}>{sourceLabel(dragged)}</div>}
        </DragOverlay>
      </DndContext>
      {preview.error && <ErrorState error={preview.error} onRetry={() => look(rows)} />}
      {preview.data && previewed && (
        <Preview preview={preview.data} fields={fields} isOld={previewed !== rows} />
      )}
      {saving.error && <ErrorState error={saving.error} />}
      <Group gap="xs" mt="md">
        <Button
          loading={saving.isPending}
          onClick={() =>
            saving.mutate(
              { mapping: { rows } },
              {
                onSuccess: () => {
                  sayDone('The mapping is saved.');
                  onDone();
                },
              },
            )
          }
        >
          Save mapping
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </div>
  );
}
