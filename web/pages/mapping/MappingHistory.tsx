import { Button, Modal, UnstyledButton } from '@mantine/core';
import { ArrowRight, ChevronRight, History } from 'lucide-react';
import { useState } from 'react';
import { describeConverter, type Field, type Integration, type MappingVersion, type Vendor } from '#contract';
import { useMappingVersions, useRestoreMapping } from '../../api/use-mapping-versions.ts';
import { useCan } from '../../api/use-session.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { MoreRows } from '../../ui/MoreRows.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { sayDone } from '../../ui/toast.ts';
import classes from './MappingHistory.module.css';
import { changesSince, keyOf, type RowChange } from './mapping-draft.ts';
import { sourceWords } from './source-words.ts';

interface Props {
  integration: Integration;
  vendor: Vendor;
  fields: readonly Field[];
}

/** Opens the saved versions of a mapping; nothing while there is none. */
export function MappingHistory(props: Props) {
  const [isOpen, setOpen] = useState(false);
  const { mappingVersion } = props.integration;
  if (mappingVersion === 0) return null;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<History size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        Version {mappingVersion}
      </Button>
      {isOpen && <HistoryModal {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function HistoryModal({ integration, vendor, fields, onClose }: Props & { onClose: () => void }) {
  const versions = useMappingVersions(integration.id);
  const restoring = useRestoreMapping(integration.id);
  const [opened, setOpened] = useState<number | null>(null);
  const canWrite = useCan('integrations.write');
  const restore = (version: number): void =>
    restoring.mutate(
      { version, mappingVersion: integration.mappingVersion },
      {
        onSuccess: () => {
          sayDone(`Version ${version} of the mapping is restored, as a new version.`);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title="Versions of the mapping" size="lg">
      {restoring.error && <ErrorState error={restoring.error} />}
      <Loaded query={versions}>
        {() => (
          <ol className={classes.list}>
            {versions.items.map((one, n) => (
              <li key={one.version}>
                <UnstyledButton
                  className={classes.row}
                  aria-expanded={opened === one.version}
                  onClick={() => setOpened(opened === one.version ? null : one.version)}
                >
                  <ChevronRight size={15} aria-hidden data-open={opened === one.version || undefined} />
                  <strong>Version {one.version}</strong>
                  <span>
                    {one.savedBy || 'Unknown'}, <TimeAgo at={one.savedAt} />
                  </span>
                  {one.note && <em>{one.note}</em>}
                </UnstyledButton>
                {opened === one.version && (
                  <div className={classes.opened}>
                    <Changes version={one} before={versions.items[n + 1]} vendor={vendor} fields={fields} />
                    {canWrite && one.version !== integration.mappingVersion && (
                      <Button
                        size="xs"
                        variant="default"
                        loading={restoring.isPending}
                        onClick={() => restore(one.version)}
                      >
                        Restore version {one.version}
                      </Button>
                    )}
                  </div>
                )}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      <MoreRows list={versions} />
    </Modal>
  );
}

interface ChangesProps {
  version: MappingVersion;
  /** The one before it; absent for the first, and at the end of a page. */
  before: MappingVersion | undefined;
  vendor: Vendor;
  fields: readonly Field[];
}

const signs: Record<RowChange['kind'], string> = { added: 'Added', removed: 'Removed', changed: 'Changed' };

function Changes({ version, before, vendor, fields }: ChangesProps) {
  if (!before && version.version > 1) {
    return <p className={classes.hint}>Show more versions to see what this one changed.</p>;
  }
  const changes = changesSince(before?.mapping ?? { rows: [] }, version.mapping);
  const isFiltered = JSON.stringify(before?.mapping.filter) !== JSON.stringify(version.mapping.filter);
  return (
    <ul className={classes.changes}>
      {changes.map(({ kind, row }) => {
        const target = fields.find((field) => keyOf(field) === keyOf(row.target));
        const converters = (row.converters ?? []).map(describeConverter).join(', then ');
        return (
          <li key={keyOf(row.target)} data-kind={kind}>
            <span>{signs[kind]}</span>
            {sourceWords(row.source, vendor)} <ArrowRight size={12} aria-label="fills" />{' '}
            {target?.label ?? row.target.externalId}
            {converters !== '' && ` (${converters})`}
            {row.syncKey !== null && `, sync key ${row.syncKey}`}
          </li>
        );
      })}
      {isFiltered && (
        <li>
          <span>{version.mapping.filter ? 'Changed' : 'Removed'}</span>
          The filter
        </li>
      )}
      {changes.length === 0 && !isFiltered && <li>Nothing but the order of its rows.</li>}
    </ul>
  );
}
