import { Button, CloseButton } from '@mantine/core';
import { ArrowRight, Check, Plus, Star, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import type { FieldType, MappingProposal, MappingRow } from '#contract';
import { useCreateField } from '../../api/use-fields.ts';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { countOf } from '../../ui/words.ts';
import { keyOf, withRow } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import classes from './SmartProposals.module.css';
import { sourceWords } from './source-words.ts';

type Proposed = MappingProposal['rows'][number];

interface Props {
  proposal: MappingProposal;
  world: MappingWorld;
  /** Gets the mapping with every proposal in it. */
  onAcceptAll: (rows: MappingRow[]) => void;
  onClose: () => void;
}

/** What Smart Mapping proposes and why; each accepted alone, or all at once. */
export function SmartProposals({ proposal, world, onAcceptAll, onClose }: Props) {
  const creation = useCreateField();
  const [pending, setPending] = useState<string | null>(null);
  // What was mapped since it was asked stays as it is.
  const open = proposal.rows.filter(({ row }) => !world.taken.has(keyOf(row.target)));

  const accept = async (proposed: readonly Proposed[], name: string): Promise<void> => {
    setPending(name);
    let rows: MappingRow[] = [...world.rows];
    try {
      for (const { row, newField } of proposed) {
        if (newField) {
          const { label, isUnique } = newField;
          const type = newField.type as FieldType;
          await creation.mutateAsync({ ...row.target, label, type, isUnique, help: '' });
        }
        rows = withRow(rows, row);
      }
      const made = proposed.filter(({ newField }) => newField).length;
      sayDone(
        `${countOf(proposed.length, 'row')} mapped${made > 0 ? `, ${countOf(made, 'new field')} created` : ''}. Save the mapping to keep it.`,
      );
      if (proposed.length === open.length) {
        onClose();
        onAcceptAll(rows);
      }
    } catch (error) {
      sayFailed('A new field was not created', error);
    } finally {
      world.change(rows);
      setPending(null);
    }
  };

  return (
    <section className={classes.box} aria-label="Smart Mapping">
      <div className={classes.head}>
        <WandSparkles size={16} aria-hidden />
        <strong>
          {open.length === 0
            ? 'Smart Mapping has nothing to add'
            : `Smart Mapping proposes ${countOf(open.length, 'mapping')}`}
        </strong>
        {open.length > 0 && (
          <Button
            size="xs"
            loading={pending === 'all'}
            disabled={pending !== null}
            onClick={() => accept(open, 'all')}
          >
            Accept all
          </Button>
        )}
        <CloseButton aria-label="Close Smart Mapping" onClick={onClose} />
      </div>
      <ul className={classes.rows}>
        {open.map((proposed) => {
          const key = keyOf(proposed.row.target);
          const { recordType, externalId } = proposed.row.target;
          const field = world.fields.find((one) => keyOf(one) === key);
          return (
            <li key={key} className={classes.row}>
              <span className={classes.source}>{sourceWords(proposed.row.source, world.vendor)}</span>
              <ArrowRight size={14} aria-label="fills" />
              <span className={classes.target}>
                <small>{recordType === 'person' ? 'Person' : 'SaaS user'}</small>
                {proposed.newField?.label ?? field?.label ?? externalId}
                {proposed.newField && (
                  <em>
                    <Plus size={11} aria-hidden />
                    new field{proposed.newField.isUnique && ', unique'}
                  </em>
                )}
                {proposed.row.syncKey !== null && (
                  <em>
                    <Star size={11} fill="currentColor" aria-hidden />
                    sync key {proposed.row.syncKey}
                  </em>
                )}
              </span>
              <span className={classes.reason}>
                {proposed.confidence === 'sure' ? 'Sure: ' : 'Likely: '}
                {proposed.reason}
              </span>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<Check size={12} aria-hidden />}
                aria-label={`Accept ${sourceWords(proposed.row.source, world.vendor)} for ${field?.label ?? externalId}`}
                loading={pending === key}
                disabled={pending !== null}
                onClick={() => accept([proposed], key)}
              >
                Accept
              </Button>
            </li>
          );
        })}
      </ul>
      {proposal.kept.length > 0 && (
        <p className={classes.kept}>
          Left as you set {proposal.kept.length === 1 ? 'it' : 'them'}:{' '}
          {proposal.kept
            .map(({ target }) => world.fields.find((one) => keyOf(one) === keyOf(target))?.label)
            .join(', ')}
          .
        </p>
      )}
    </section>
  );
}
