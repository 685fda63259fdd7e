import { Button, Checkbox, Popover, ScrollArea, Stack, TextInput } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import type { ListField } from '#contract';

interface Props {
  fields: readonly ListField[];
  shown: readonly string[];
  /** Null for the usual columns. */
  onChange: (shown: string[] | null) => void;
}

/** Which fields a list shows; kept in this browser. */
export function ColumnsMenu({ fields, shown, onChange }: Props) {
  const [search, setSearch] = useState('');
  const found = fields.filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()));
  const toggle = (id: string): void =>
    // In the order of the fields, whatever the order in which they were ticked.
    onChange(fields.map((field) => field.id).filter((each) => shown.includes(each) !== (each === id)));
  return (
    <Popover position="bottom-start" width={280} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size="sm" leftSection={<Columns3 size={15} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns" p="sm">
        <Stack gap="xs">
          <TextInput
            size="xs"
            aria-label="Search columns"
            placeholder="Search columns"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={320} type="auto" offsetScrollbars>
            <Stack gap={8} py={4}>
              {found.map(({ id, label }) => (
                <Checkbox
                  radius="xs"
                  key={id}
                  size="xs"
                  label={label}
                  checked={shown.includes(id)}
                  onChange={() => toggle(id)}
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
          <Button.Group>
            <Button
              size="xs"
              variant="default"
              fullWidth
              onClick={() => onChange(fields.map(({ id }) => id))}
            >
              Show all
            </Button>
            <Button size="xs" variant="default" fullWidth onClick={() => onChange(null)}>
              The usual ones
            </Button>
          </Button.Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
