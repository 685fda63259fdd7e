import { Button, FileInput, Modal, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { FileJson } from 'lucide-react';
import { useState } from 'react';
import { type ImportChoices, importChoicesSchema, type WorkflowFile } from '#contract';
import { sentenceOf } from '../../api/problem.ts';
import { useImportPlan, useWorkflowImport } from '../../api/use-workflow-import.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayDone } from '../../ui/toast.ts';
import { ImportPlanView } from './ImportPlanView.tsx';
import { readWorkflowFile } from './read-workflow-file.ts';

/** Chooses a workflow file, shows what it would make here, and makes it as a draft. */
export function ImportWorkflowModal({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<WorkflowFile | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const [choices, setChoices] = useState<ImportChoices>(() => importChoicesSchema.parse({}));
  const plan = useImportPlan(file, choices);
  const creation = useWorkflowImport();
  const navigate = useNavigate();
  const lacksApp = plan.data?.references.some(({ kind, chosen, blocks }) => {
    return kind === 'app' && blocks.length === 0 && chosen === '';
  });

  const choose = async (chosen: File | null): Promise<void> => {
    const read = chosen && (await readWorkflowFile(chosen));
    setChoices(importChoicesSchema.parse({}));
    setFile(read && 'file' in read ? read.file : null);
    setProblems(read && 'problems' in read ? read.problems : []);
  };
  const create = (made: WorkflowFile): void =>
    creation.mutate(
      { file: made, choices },
      {
        onSuccess: (workflow) => {
          sayDone(`“${workflow.name}” is there as a draft. Nothing was started.`);
          void navigate({ to: `/workflows/${workflow.id}` });
        },
      },
    );

  return (
    <Modal opened onClose={onClose} title="Import a workflow" size="lg">
      <Stack gap="md">
        <FileInput
          label="File"
          description="A workflow that was exported as JSON, here or on another server."
          placeholder="Choose a file"
          accept="application/json,.json"
          leftSection={<FileJson size={16} aria-hidden />}
          clearable
          clearButtonProps={{ 'aria-label': 'Choose another file' }}
          onChange={(chosen) => void choose(chosen)}
        />
        {problems.length > 0 && (
          <Notice tone="danger" title="This file cannot be imported">
            <ul style={{ margin: '4px 0 0', paddingLeft: 18 }}>
              {problems.map((problem) => (
                <li key={problem} style={{ overflowWrap: 'anywhere' }}>
                  {problem}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {file && plan.error && (
          <Notice tone="danger" title="This file cannot be imported">
            {sentenceOf(plan.error)}
          </Notice>
        )}
        {file && plan.data && (
          <ImportPlanView file={file} plan={plan.data} choices={choices} onChoose={setChoices} />
        )}
        <DialogFoot error={creation.error} onClose={onClose}>
          <Button
            loading={creation.isPending}
            disabled={!file || !plan.data || lacksApp === true}
            onClick={() => file && create(file)}
          >
            Import as a draft
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}
