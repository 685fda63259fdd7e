import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { UndoOption } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { useCan } from '../../api/use-session.ts';
import { useMakeUndo, useUndoOptions } from '../../api/use-undo.ts';
import { effectWords } from '../../editor/effect-words.ts';
import { FailureLine } from '../../ui/FailureLine.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { countOf } from '../../ui/words.ts';
import classes from './UndoDialog.module.css';

/** What the run did, and for each of it whether a workflow can take it back. */
export function UndoDialog({ runId, onClose }: { runId: string; onClose: () => void }) {
  const options = useUndoOptions(runId);
  return (
    <Modal opened onClose={onClose} title="Take back what this run did" size="lg">
      <Stack gap="md">
        <Text size="sm">
          An undo workflow is a draft that makes the opposite calls, the last one first, for exactly the
          records they were made for. Try it, launch it and run it as any other workflow.
        </Text>
        <Loaded query={options} rows={2}>
          {(items) =>
            items.length === 0 ? (
              <Text size="sm" c="dimmed">
                This run changed nothing at a vendor.
              </Text>
            ) : (
              <Choice runId={runId} options={items} />
            )
          }
        </Loaded>
      </Stack>
    </Modal>
  );
}

/** Everything is taken back by one workflow, unless somebody leaves a block out. */
function Choice({ runId, options }: { runId: string; options: readonly UndoOption[] }) {
  const make = useMakeUndo(runId);
  const navigate = useNavigate();
  const possible = options.filter(({ obstacle }) => obstacle === null);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    possible.filter(({ made }) => made.length === 0).map(({ block }) => block),
  );
  const mayMake = useCan('workflows.write') && possible.length > 0;
  return (
    <>
      <ul className={classes.list}>
        {options.map((option) => (
          <Option
            key={option.block}
            option={option}
            isChosen={chosen.includes(option.block)}
            onChoose={
              mayMake && option.obstacle === null
                ? (isChosen) =>
                    setChosen((before) =>
                      isChosen ? [...before, option.block] : before.filter((id) => id !== option.block),
                    )
                : null
            }
          />
        ))}
      </ul>
      <FailureLine of={make.error} />
      {mayMake && (
        <Group justify="flex-end">
          <Button
            leftSection={<Undo2 size={16} aria-hidden />}
            disabled={chosen.length === 0}
            loading={make.isPending}
            onClick={() =>
              make.mutate(chosen, { onSuccess: ({ id }) => void navigate({ to: `/workflows/${id}` }) })
            }
          >
            Make an undo workflow for {countOf(chosen.length, 'block')}
          </Button>
        </Group>
      )}
    </>
  );
}

interface OptionProps {
  option: UndoOption;
  isChosen: boolean;
  /** Null where nothing can be made, or not by this operator. */
  onChoose: ((isChosen: boolean) => void) | null;
}

function Option({ option, isChosen, onChoose }: OptionProps) {
  const nameOf = useGuardNames();
  const { name, does, vendorId, count, by, obstacle, made } = option;
  return (
    <li className={classes.option}>
      <Checkbox
        aria-label={`Take back what “${name}” did`}
        checked={isChosen}
        disabled={!onChoose}
        onChange={(event) => onChoose?.(event.currentTarget.checked)}
      />
      <div className={classes.words}>
        <strong>{name}</strong>
        <span>
          {effectWords[does]}
          {vendorId !== '' && ` in ${nameOf('vendor', vendorId)}`}, {countOf(count, 'record')}
        </span>
        {obstacle ? <p>{obstacle}</p> : by && <p>“{by.title}” takes it back.</p>}
        {made.length > 0 && (
          <ul className={classes.made} aria-label={`Undo workflows of ${name}`}>
            {made.map((workflow) => (
              <li key={workflow.id}>
                <RouteLink to={`/workflows/${workflow.id}`}>{workflow.name}</RouteLink>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
