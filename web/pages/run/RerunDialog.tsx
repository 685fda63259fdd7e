import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { RotateCcw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { RerunKind, RerunOption, RerunOptions, Run } from '#contract';
import { useRerun, useRerunOptions } from '../../api/use-reruns.ts';
import { Note } from '../../editor/Note.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import classes from './RerunDialog.module.css';
import {
  actionWords,
  choiceWords,
  doneWords,
  firstChoice,
  leftOutWords,
  optionWords,
  versionWords,
} from './rerun-words.ts';

type Props = { run: Run; onClose: () => void };

/** Which records of an ended run are run again, and from where. */
export function RerunDialog({ run, onClose }: Props) {
  const options = useRerunOptions(run.id);
  const rerun = useRerun(run.id);
  const navigate = useNavigate();
  // Here and not in the choices: those are gone as soon as the re-run goes on.
  const start = (records: RerunKind): void =>
    rerun.mutate(records, {
      onSuccess: ({ id }) => {
        onClose();
        void navigate({ to: `/runs/${id}` });
      },
    });
  return (
    <Modal opened onClose={onClose} title={`Run “${run.workflowName}” again`} size="lg">
      <Loaded query={options} rows={3}>
        {(found) =>
          found.obstacle === null || rerun.isSuccess ? (
            <Choices
              options={found}
              isStarting={rerun.isPending || rerun.isSuccess}
              error={rerun.error}
              onStart={start}
              onClose={onClose}
            />
          ) : (
            <Stack gap="md">
              <Text size="sm">{found.obstacle}</Text>
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>
                  Close
                </Button>
              </Group>
            </Stack>
          )
        }
      </Loaded>
    </Modal>
  );
}

type ChoicesProps = {
  options: RerunOptions;
  isStarting: boolean;
  error: Error | null;
  onStart: (records: RerunKind) => void;
  onClose: () => void;
};

function Choices({ options, isStarting, error, onStart, onClose }: ChoicesProps) {
  const [chosen, setChosen] = useState<RerunKind | null>(() => firstChoice(options));
  const option = options.items.find(({ records }) => records === chosen);
  const version = versionWords(options);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (option) onStart(option.records);
      }}
    >
      <Stack gap="md">
        <Radio.Group
          aria-label="Which records"
          value={chosen}
          onChange={(value) => setChosen(value as RerunKind)}
        >
          <div className={classes.choices}>
            {options.items.toReversed().map((item) => (
              <Radio
                key={item.records}
                value={item.records}
                disabled={item.count === 0}
                label={choiceWords[item.records]}
                description={optionWords(item)}
              />
            ))}
          </div>
        </Radio.Group>
        {option && <Consequences option={option} />}
        {version && <Text size="sm">{version}</Text>}
        <Text size="sm" c="dimmed">
          Limits, protections, plan and approvals judge it like any run.
        </Text>
        <DialogFoot error={error} onClose={onClose}>
          <Button
            type="submit"
            leftSection={<RotateCcw size={15} aria-hidden />}
            disabled={!option}
            loading={isStarting}
          >
            {actionWords(option)}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}

/** What the choice repeats, and what it leaves out. */
function Consequences({ option }: { option: RerunOption }) {
  const done = doneWords(option);
  const leftOut = leftOutWords(option);
  return (
    <>
      {done && (
        <Note tone="warning" icon={TriangleAlert}>
          {done}
        </Note>
      )}
      {leftOut.length > 0 && (
        <div>
          <Text size="sm">Left out:</Text>
          <ul className={classes.leftOut}>
            {leftOut.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
