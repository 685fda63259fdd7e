import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import type { ConditionGroup, ListField } from '#contract';
import { ConditionsField } from '../../fields/ConditionsField.tsx';
import { FormContext } from '../../fields/form-world.ts';
import { countRules, withoutOpenRules } from './list-filter.ts';

interface Props {
  fields: readonly ListField[];
  filter: ConditionGroup | undefined;
  onChange: (filter: ConditionGroup | undefined) => void;
}

const nothing: ConditionGroup = { match: 'all', rules: [] };

/** Rules over the fields of a list, in groups of which all or any must hold. */
export function FilterDrawer({ fields, filter, onChange }: Props) {
  const [draft, setDraft] = useState<ConditionGroup | null>(null);
  const variables = fields.map(({ id, label, type }) => ({ name: id, label, type, source: 'Fields' }));
  const apply = (next: ConditionGroup): void => {
    const ready = withoutOpenRules(next);
    setDraft(null);
    onChange(ready.rules.length > 0 ? ready : undefined);
  };
  return (
    <>
      <Button
        variant={filter ? 'light' : 'default'}
        size="sm"
        leftSection={<ListFilter size={15} aria-hidden />}
        onClick={() => setDraft(filter ?? nothing)}
      >
        {filter ? `Filter (${countRules(filter)})` : 'Filter'}
      </Button>
      <Drawer
        opened={draft !== null}
        onClose={() => setDraft(null)}
        position="right"
        size="md"
        title="Filter the list"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (draft) apply(draft);
          }}
        >
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              Shown is what the rules surely hold for. A record without a value is found by “Is empty” only.
            </Text>
            <FormContext value={{ variables, issues: [] }}>
              <ConditionsField
                label="Rules"
                value={draft ?? nothing}
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
      </Drawer>
    </>
  );
}
