import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Eye, Filter, WandSparkles } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import {
  type Field,
  findMappingWarnings,
  type Integration,
  type Mapping,
  type MappingRow,
  type Vendor,
} from '#contract';
import { renew } from '../../api/keys.ts';
import { ApiError } from '../../api/problem.ts';
import { useChangeIntegration, usePreviewMapping, useProposeMapping } from '../../api/use-integrations.ts';
import { NewFieldModal } from '../../fields/NewFieldModal.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { useLeaveGuard } from '../../ui/use-leave-guard.tsx';
import { hasCredential } from '../integrations/integration-state.ts';
import { announcements, findTarget, moveByTarget, newFieldArea } from './drag.ts';
import { FilterRules } from './FilterRules.tsx';
import { MappingConflict } from './MappingConflict.tsx';
import classes from './MappingEditor.module.css';
import { MappingHistory } from './MappingHistory.tsx';
import { keyOf, mappableFields, type Target, targetOf, withSource } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import { OpenTargets } from './OpenTargets.tsx';
import { Preview } from './Preview.tsx';
import { SmartProposals } from './SmartProposals.tsx';
import { SourceList } from './SourceList.tsx';
import { SyncKeys } from './SyncKeys.tsx';

interface Props {
  integration: Integration;
  vendor: Vendor;
  fields: readonly Field[];
  onDone: () => void;
}

/** Which vendor field fills which of ours, by Smart Mapping, by hand or by dragging; nothing is written before saving. */
export function MappingEditor({ integration, vendor, fields, onDone }: Props) {
  const [mapping, setMapping] = useState<Mapping>(integration.mapping);
  // The version that was opened: whoever saved another one meanwhile is not overwritten without being asked about.
  const [base, setBase] = useState(integration.mappingVersion);
  const [previewed, setPreviewed] = useState<Mapping | null>(null);
  const [isPreviewAsked, setPreviewAsked] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const [addedFor, setAddedFor] = useState<string | null>(null);
  const [converting, setConverting] = useState<string | null>(null);
  const [isFiltering, setFiltering] = useState(integration.mapping.filter !== undefined);
  const client = useQueryClient();
  const saving = useChangeIntegration(integration.id);
  const proposal = useProposeMapping(integration.id);
  const preview = usePreviewMapping(integration.id);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: moveByTarget }),
  );
  // The first look at the vendor's records, for the sample values beside each field.
  const readSamples = useEffectEvent(() => {
    if (hasCredential(integration)) preview.mutate(integration.mapping);
  });
  useEffect(() => readSamples(), []);

  const { rows } = mapping;
  const setRows = (next: MappingRow[]): void => setMapping((now) => ({ ...now, rows: next }));
  const look = (looked: Mapping): void => {
    if (!hasCredential(integration)) return;
    preview.mutate(looked, { onSuccess: () => setPreviewed(looked) });
  };
  const lookAndShow = (): void => {
    setPreviewAsked(true);
    look(mapping);
  };
  const isChanged = JSON.stringify(mapping) !== JSON.stringify(integration.mapping);
  const guard = useLeaveGuard({
    isDirty: isChanged,
    what: `the mapping of ${integration.name}`,
    staysAt: (search) => search.edit === 'mapping',
  });
  const leave = (): void => {
    guard.release();
    onDone();
  };
  const save = (mappingVersion: number): void =>
    saving.mutate(
      { mapping, mappingVersion },
      {
        onSuccess: () => {
          sayDone('The mapping is saved.');
          leave();
        },
        // What others saved is shown beside the conflict.
        onError: () => void renew(client, 'integrations'),
      },
    );
  const usable = mappableFields(fields, integration.mode);
  const world: MappingWorld = {
    vendor,
    fields: usable,
    rows,
    change: setRows,
    taken: new Set(rows.map((row) => keyOf(row.target))),
    warnings: new Map(
      findMappingWarnings(mapping, vendor, usable).map(({ target, message }) => [keyOf(target), message]),
    ),
    converting,
    setConverting,
    samples: preview.data?.samples,
    isReading: hasCredential(integration) && !preview.data && !preview.error,
    examples: preview.data?.examples ?? [],
  };
  const sourceLabel = (key: string): string =>
    vendor.load.fields.find((one) => one.key === key)?.label ?? key;
  const targetLabel = (key: string): string =>
    key === newFieldArea ? 'a new field' : (usable.find((one) => keyOf(one) === key)?.label ?? key);
  const fill = (key: string, target: Target): void =>
    setRows(withSource(rows, { kind: 'field', key }, target));
  const drop = (source: string, over: string | undefined): void => {
    setDragged(null);
    const target = usable.find((one) => keyOf(one) === over);
    if (over === newFieldArea) setAddedFor(source);
    else if (target) fill(source, targetOf(target));
  };
  const isConflict = saving.error instanceof ApiError && saving.error.code === 'conflict';
  const added = vendor.load.fields.find((one) => one.key === addedFor);

  return (
    <div>
      <div className={classes.bar}>
        <Button
          variant="light"
          leftSection={<WandSparkles size={15} aria-hidden />}
          loading={proposal.isPending}
          onClick={() =>
            proposal.mutate(mapping, {
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
          disabled={!hasCredential(integration)}
          onClick={lookAndShow}
        >
          Preview first records
        </Button>
        <Button
          variant="default"
          leftSection={<Filter size={15} aria-hidden />}
          aria-expanded={isFiltering}
          onClick={() => setFiltering(!isFiltering)}
        >
          Filter
        </Button>
        <MappingHistory integration={integration} vendor={vendor} fields={fields} />
        {!hasCredential(integration) && <span>Choose a credential to see sample values.</span>}
      </div>
      {proposal.data && (
        <SmartProposals
          proposal={proposal.data}
          world={world}
          onAcceptAll={(next) => {
            setPreviewAsked(false);
            look({ ...mapping, rows: next });
          }}
          onClose={() => proposal.reset()}
        />
      )}
      {isFiltering && (
        <FilterRules
          world={world}
          filter={mapping.filter}
          onChange={(filter) =>
            setMapping(({ filter: _, ...now }) => (filter === undefined ? now : { ...now, filter }))
          }
        />
      )}
      <SyncKeys world={world} />
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
      {added && (
        <NewFieldModal
          suggestion={added}
          hasSaasUsers={integration.mode === 'user_and_saas_user'}
          action="Create and map field"
          onClose={() => setAddedFor(null)}
          onCreated={(field) => {
            setAddedFor(null);
            fill(added.key, targetOf(field));
          }}
        />
      )}
      {preview.error && <ErrorState error={preview.error} onRetry={lookAndShow} />}
      {preview.data && previewed && (
        <Preview
          preview={preview.data}
          fields={fields}
          lists={vendor.load.passes.map(({ title }) => title)}
          isAsked={isPreviewAsked}
          isOld={JSON.stringify(previewed) !== JSON.stringify(mapping)}
        />
      )}
      {saving.error && !isConflict && <ErrorState error={saving.error} />}
      {isConflict && (
        <MappingConflict
          error={saving.error}
          newest={integration.mappingVersion}
          onTake={() => {
            setMapping(integration.mapping);
            setBase(integration.mappingVersion);
            saving.reset();
          }}
          onOverwrite={() => save(integration.mappingVersion)}
        />
      )}
      <Group gap="xs" mt="md">
        <Button loading={saving.isPending} onClick={() => save(base)}>
          Save mapping
        </Button>
        <Button variant="default" onClick={leave}>
          {isChanged ? 'Discard changes' : 'Cancel'}
        </Button>
      </Group>
      {guard.dialog}
    </div>
  );
}
