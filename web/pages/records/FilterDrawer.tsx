import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import type { ConditionGroup, ListField } from '#contract';
import { ConditionsField } from '../../fields/ConditionsField.tsx';
import { FormContext } from '../../fields/form-world.ts';
import { useLeaveGuard } from '../../ui/use-leave-guard.tsx';
import { countRules, withoutOpenRules } from './list-filter.ts';

interface Props {
  fields: readonly ListField[];
  filter: ConditionGroup | undefined;
  onChange: (filter: ConditionGroup | undefined) => void;
}

const nothing: ConditionGroup = { match: 'all', rules: [] };

/** Rules over the fields of a list, in groups of which all or any must hold. */
export function FilterDrawer(props: Props) {
  const { filter } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant={filter ? 'light' : 'default'}
        size="sm"
        leftSection={<ListFilter size={15} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {filter ? `Filter (${countRules(filter)})` : 'Filter'}
      </Button>
      {isOpen && <Rules {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function Rules({ fields, filter = nothing, onChange, onClose }: Props & { onClose: () => void }) {
  const [draft, setDraft] = useState(filter);
  const variables = fields.map(({ id, label, type }) => ({ name: id, label, type, source: 'Fields' }));
  const isDirty = JSON.stringify(draft) !== JSON.stringify(filter);
  const guard = useLeaveGuard({ isDirty, what: 'the filter' });
  const apply = (next: ConditionGroup): void => {
    const ready = withoutOpenRules(next);
    guard.release();
    onClose();
    onChange(ready.rules.length > 0 ? ready : undefined);
  };
  return (
    <Drawer
      opened
      onClose={() => guard.leave(onClose)}
      position="right"
      size="md"
      title="Filter the list"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          apply(draft);
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Shown is what the rules surely hold for. A record without a value is found by “Is empty” only.
          </Text>
          <FormContext value={{ variables, issues: [] }}>
            <ConditionsField
              label="Rules"
              value={draft}
              onChange={setDraft}
              emptyText="No rule yet: every record is shown."
            />
          </FormContext>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => apply(nothing)}>
              Show all
            </Button>
            <Button type="submit">Show matching</Button>
          </Group>
        </Stack>
      </form>
      {guard.dialog}
    </Drawer>
  );
}
