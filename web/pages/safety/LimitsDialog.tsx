import { NumberInput, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { type LimitKind, limitKinds, type SafetyState } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { useVendors } from '../../api/use-vendors.ts';
import { useWorkflows } from '../../api/use-workflows.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import classes from './LimitsDialog.module.css';
import {
  type LimitPlace,
  type LimitsDraft,
  limitsAt,
  type Span,
  spans,
  type TypedLimit,
  toDraft,
  withLimits,
} from './limits-draft.ts';

interface Props {
  safety: SafetyState;
  /** Null asks first for which vendor or workflow. */
  place: LimitPlace | null;
  onClose: () => void;
}

/** How many accounts may lose something, for all or at one place. */
export function LimitsDialog({ safety, place: given, onClose }: Props) {
  const nameOf = useGuardNames();
  const [place, setPlace] = useState(given);
  const [draft, setDraft] = useState<LimitsDraft>(() =>
    toDraft(given ? limitsAt(safety.settings, given) : {}),
  );
  const set = (span: Span, kind: LimitKind, part: Partial<TypedLimit>): void =>
    setDraft((old) => ({
      ...old,
      [span]: { ...old[span], [kind]: { ...old[span][kind], ...part } },
    }));
  const title =
    given === null
      ? 'Limits for a vendor or a workflow'
      : given.kind === 'all'
        ? 'Limits for all workflows'
        : `Limits for ${nameOf(given.kind, given.id)}`;
  return (
    <ChangeDialog
      title={title}
      safety={safety}
      to={place && withLimits(safety.settings, place, draft)}
      action="Save limits"
      onClose={onClose}
    >
      {given === null && (
        <PlaceSelect
          value={place}
          onChange={(next) => {
            setPlace(next);
            setDraft(toDraft(next ? limitsAt(safety.settings, next) : {}));
          }}
        />
      )}
      <div className={classes.grid}>
        {spans.map((span) =>
          limitKinds.map((kind) => (
            <fieldset key={`${span} ${kind}`} className={classes.limit}>
              <legend>{limitTitles[span][kind]}</legend>
              <NumberInput
                aria-label={`${limitTitles[span][kind]}, number`}
                min={0}
                max={10_000_000}
                allowDecimal={false}
                hideControls
                rightSection={<span className={classes.unit}>accounts</span>}
                rightSectionWidth={76}
                placeholder={emptyWord(place)}
                value={draft[span][kind].number}
                onChange={(value) => set(span, kind, { number: String(value) })}
              />
              <NumberInput
                aria-label={`${limitTitles[span][kind]}, share of the vendor's accounts`}
                min={0}
                max={100}
                hideControls
                rightSection={<span className={classes.unit}>% of the vendor's</span>}
                rightSectionWidth={124}
                placeholder={emptyWord(place)}
                value={draft[span][kind].share}
                onChange={(value) => set(span, kind, { share: String(value) })}
              />
            </fieldset>
          )),
        )}
      </div>
      <Text size="sm" c="dimmed">
        Where both are given, the smaller one holds; a share never falls below one account.{' '}
        {place && place.kind !== 'all' && 'What is left empty is as it is for all workflows.'}
      </Text>
    </ChangeDialog>
  );
}

const emptyWord = (place: LimitPlace | null): string =>
  place === null || place.kind === 'all' ? 'No limit' : 'As for all';

export const limitTitles: Record<Span, Record<LimitKind, string>> = {
  run: { delete: 'Deletions in a run', disable: 'Disabled or reduced in a run' },
  day: { delete: 'Deletions in 24 hours', disable: 'Disabled or reduced in 24 hours' },
};

interface PlaceProps {
  value: LimitPlace | null;
  onChange: (place: LimitPlace | null) => void;
}

function PlaceSelect({ value, onChange }: PlaceProps) {
  const vendors = useVendors().data ?? [];
  const workflows = useWorkflows().data ?? [];
  return (
    <Select
      label="For"
      placeholder="Choose a vendor or a workflow"
      searchable
      data-autofocus
      data={[
        {
          group: 'Vendors',
          items: vendors.map(({ id, title }) => ({ value: `vendor ${id}`, label: title })),
        },
        {
          group: 'Workflows',
          items: workflows.map(({ id, name }) => ({ value: `workflow ${id}`, label: name })),
        },
      ]}
      value={value && value.kind !== 'all' ? `${value.kind} ${value.id}` : null}
      onChange={(chosen) => {
        const [kind, id] = (chosen ?? '').split(' ');
        onChange(id && (kind === 'vendor' || kind === 'workflow') ? { kind, id } : null);
      }}
    />
  );
}
