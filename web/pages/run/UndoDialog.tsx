import { Button, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import type { UndoOption } from '#contract';
import { sentenceOf } from '../../api/problem.ts';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { useCan } from '../../api/use-session.ts';
import { useMakeUndo, useUndoOptions } from '../../api/use-undo.ts';
import { effectWords } from '../../editor/effect-words.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { countOf } from '../../ui/words.ts';
import classes from './UndoDialog.module.css';

/** What the run did, and for each of it whether a workflow can take it back. */
export function UndoDialog({ runId, onClose }: { runId: string; onClose: () => void }) {
  const options = useUndoOptions(runId);
  const make = useMakeUndo(runId);
  const navigate = useNavigate();
  const mayMake = useCan('workflows.write');
  return (
    <Modal opened onClose={onClose} title="Take back what this run did" size="lg">
      <Stack gap="md">
        <Text size="sm">
          An undo workflow is a draft that makes the opposite call for exactly those records. Try it, launch
          it and run it as any other workflow.
        </Text>
        <Loaded query={options} rows={2}>
          {(items) =>
            items.length === 0 ? (
              <Text size="sm" c="dimmed">
                This run changed nothing at a vendor.
              </Text>
            ) : (
              <ul className={classes.list}>
                {items.map((option) => (
                  <Option
                    key={option.block}
                    option={option}
                    isMaking={make.isPending && make.variables === option.block}
                    onMake={
                      mayMake && option.obstacle === null
                        ? () =>
                            make.mutate(option.block, {
                              onSuccess: ({ id }) => void navigate({ to: `/workflows/${id}` }),
                            })
                        : null
                    }
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
        {make.error && (
          <Text role="alert" size="sm" c="var(--rc-danger-text)">
            {sentenceOf(make.error)}
          </Text>
        )}
      </Stack>
    </Modal>
  );
}

interface OptionProps {
  option: UndoOption;
  isMaking: boolean;
  /** Null where nothing can be made, or not by this operator. */
  onMake: (() => void) | null;
}

function Option({ option, isMaking, onMake }: OptionProps) {
  const nameOf = useGuardNames();
  const { name, does, vendorId, count, by, obstacle, made } = option;
  return (
    <li className={classes.option}>
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
      {onMake && (
        <Button
          size="xs"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          loading={isMaking}
          onClick={onMake}
        >
          {made.length > 0 ? 'Make another one' : 'Make an undo workflow'}
        </Button>
      )}
    </li>
  );
}
