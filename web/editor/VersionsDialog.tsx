import { Badge, Loader, Modal, Text } from '@mantine/core';
import { useVersions } from '../api/use-workflow-draft.ts';
import { useEditor } from './editor-world.ts';
import classes from './VersionsDialog.module.css';

/** Every version that was launched, the newest first. */
export function VersionsDialog({ onClose }: { onClose: () => void }) {
  const { workflow } = useEditor();
  const versions = useVersions(workflow.id);
  const items = [...(versions.data?.items ?? [])].sort((a, b) => b.number - a.number);

  return (
    <Modal opened onClose={onClose} title="Versions">
      {versions.isPending && <Loader size="sm" aria-label="Reading the versions" />}
      {versions.error && (
        <Text size="sm" c="var(--rc-danger-text)" role="alert">
          {versions.error.message}
        </Text>
      )}
      {versions.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing was launched yet. Each launch keeps an unchangeable copy of the draft here.
        </Text>
      )}
      <ol className={classes.list}>
        {items.map((version) => (
          <li key={version.id} className={classes.row}>
            <span className={classes.number}>Version {version.number}</span>
            {workflow.activeVersion?.id === version.id && (
              <Badge size="sm" variant="light" color="green" radius="sm" tt="none">
                active
              </Badge>
            )}
            <span className={classes.by}>
              {version.author},{' '}
              {new Date(version.createdAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}
            </span>
            {version.note && <p className={classes.note}>{version.note}</p>}
          </li>
        ))}
      </ol>
    </Modal>
  );
}
