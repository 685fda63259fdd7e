import { Button, Checkbox, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { type MappingRow, type RecordType, toExternalId, type VendorField } from '#contract';
import { useCreateField } from '../../api/use-fields.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { countOf } from '../../ui/words.ts';
import { keyOf, withSource } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';

interface Props {
  /** Vendor fields that fill nothing yet. */
  sources: readonly VendorField[];
  world: MappingWorld;
  onClose: () => void;
}

/** Makes a field of ours for each of several vendor fields, and maps them; fields that are there already are used. */
export function NewFieldsModal({ sources, world, onClose }: Props) {
  const { vendor, fields, rows, change, taken } = world;
  const hasSaasUsers = fields.some((field) => field.recordType === 'saas_user');
  const [recordType, setRecordType] = useState<RecordType>(hasSaasUsers ? 'saas_user' : 'person');
  const [chosen, setChosen] = useState<readonly string[]>(sources.map(({ key }) => key));
  const [error, setError] = useState<unknown>(null);
  const creation = useCreateField();
  // Accounts belong to one app; people have values of several vendors side by side.
  const labelOf = ({ label }: VendorField): string =>
    recordType === 'saas_user' || label.startsWith(vendor.title) ? label : `${vendor.title} ${label}`;
  const targetOf = (source: VendorField) => ({ recordType, externalId: toExternalId(labelOf(source)) });
  const open = sources.filter((source) => !taken.has(keyOf(targetOf(source))));
  const picked = open.filter(({ key }) => chosen.includes(key));

  const create = async (): Promise<void> => {
    let next: MappingRow[] = [...rows];
    try {
      for (const source of picked) {
        const target = targetOf(source);
        if (!fields.some((field) => keyOf(field) === keyOf(target))) {
          const { type } = source;
          await creation.mutateAsync({ ...target, label: labelOf(source), type, isUnique: false, help: '' });
        }
        next = withSource(next, { kind: 'field', key: source.key }, target);
      }
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      change(next);
    }
  };

  return (
    <Modal opened onClose={onClose} title={`New fields for ${vendor.title}`} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Stack gap="sm">
          {hasSaasUsers && (
            <Select
              label="They belong to"
              allowDeselect={false}
              data={[
                { value: 'saas_user', label: 'SaaS user' },
                { value: 'person', label: 'Person' },
              ]}
              value={recordType}
              onChange={(value) => setRecordType(value === 'person' ? 'person' : 'saas_user')}
            />
          )}
          <Checkbox.Group label="Fields" value={[...chosen]} onChange={setChosen}>
            <Stack gap={7} mt={6}>
              {open.map((source) => (
                <Checkbox radius="xs" key={source.key} value={source.key} label={labelOf(source)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <DialogFoot error={error} onClose={onClose}>
            <Button type="submit" loading={creation.isPending} disabled={picked.length === 0}>
              Create and map {countOf(picked.length, 'field')}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
