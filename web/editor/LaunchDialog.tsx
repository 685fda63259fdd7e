import { Button, Modal, Stack, Text, Textarea } from '@mantine/core';
import { CircleAlert, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useLaunch } from '../api/use-workflow-draft.ts';
import { DialogFoot } from '../ui/DialogFoot.tsx';
import { useCatalogue } from './catalogue.ts';
import { useNextVersion } from './EditorBar.tsx';
import { useDraft, useEditor } from './editor-world.ts';
import { findHarm, harmSentences, undoSentence } from './find-harm.ts';
import { Note } from './Note.tsx';

type Props = { onClose: () => void; flush: () => Promise<number>; onIssues: () => void };

/** Makes the draft the version that runs are started from. */
export function LaunchDialog({ onClose, flush, onIssues }: Props) {
  const { workflow } = useEditor();
  const { vendors } = useCatalogue();
  const graph = useDraft((state) => state.graph);
  const issues = useDraft((state) => state.issues);
  const [note, setNote] = useState('');
  const [isSaving, setIsSaving] = useState(false);
  const launch = useLaunch(workflow.id);
  const number = useNextVersion(workflow.id);
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  const harms = findHarm(graph, vendors);

  const start = async (): Promise<void> => {
    setIsSaving(true);
    const revision = await flush();
    setIsSaving(false);
    launch.mutate({ revision, note: note.trim() }, { onSuccess: onClose });
  };

  return (
    <Modal opened onClose={onClose} title={`Launch version ${number}`}>
      <Stack gap="md">
        {errors > 0 ? (
          <Note tone="danger" icon={CircleAlert}>
            {errors === 1 ? 'One error stands' : `${errors} errors stand`} in the way. A workflow is launched
            only when every block can do its work.
          </Note>
        ) : (
          <>
            <Text size="sm">
              {workflow.activeVersion
                ? `Runs start from version ${number} instead of version ${workflow.activeVersion.number}. Runs that go on keep their version.`
                : `Version ${number} is kept unchanged, and runs may be started from it. Nothing runs yet.`}
            </Text>
            {harms.length > 0 && (
              <Note tone="danger" icon={ShieldAlert}>
                {harmSentences(harms)} <strong>{undoSentence(harms)}</strong>
              </Note>
            )}
            <Textarea
              label="What changed"
              placeholder="Optional; shown in the list of versions"
              autosize
              minRows={2}
              maxLength={500}
              data-autofocus
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </>
        )}
        <DialogFoot error={launch.error} onClose={onClose}>
          {errors > 0 ? (
            <Button onClick={onIssues}>Show {errors === 1 ? 'the error' : `${errors} errors`}</Button>
          ) : (
            <Button loading={isSaving || launch.isPending} onClick={() => void start()}>
              Launch version {number}
            </Button>
          )}
        </DialogFoot>
      </Stack>
    </Modal>
  );
}
