import { Button, Group, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import type { Integration, Vendor } from '#contract';
import { sentenceOf } from '../../api/problem.ts';
import { useInputChoices } from '../../api/use-integrations.ts';
import { Notice } from '../../ui/Notice.tsx';
import stack from '../../ui/Stack.module.css';
import { toTitle } from '../../ui/words.ts';
import { hasCredential } from '../integrations/integration-state.ts';

interface Props {
  integration: Integration;
  vendor: Vendor;
  input: Vendor['load']['inputs'][number];
  value: string;
  onChange: (value: string) => void;
}

/** A value that the vendor's load asks for: typed in, or found at the vendor through the credential. */
export function LoadInput({ integration, vendor, input, value, onChange }: Props) {
  const search = useInputChoices(integration.id, input.name);
  const choices = search.data?.items ?? [];
  const find = (): void =>
    search.mutate(undefined, {
      onSuccess: ({ items: [first, second] }) => {
        if (first && !second) onChange(first.value);
      },
    });
  const canFind = hasCredential(integration);
  const common = { label: toTitle(input.label), required: true, value };
  return (
    <div className={stack.stack}>
      <Group align="end" gap="xs" wrap="nowrap">
        {choices.length > 0 ? (
          <Select
            {...common}
            style={{ flex: 1 }}
            description={input.hint}
            data={choices.map((one) => ({
              value: one.value,
              label: one.label === one.value ? one.value : `${one.label} (${one.value})`,
            }))}
            value={value === '' ? null : value}
            onChange={(chosen) => onChange(chosen ?? '')}
          />
        ) : (
          <TextInput
            {...common}
            style={{ flex: 1 }}
            description={input.hint}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )}
        {input.discover && (
          <Button
            variant="default"
            leftSection={<Search size={15} aria-hidden />}
            disabled={!canFind}
            title={canFind ? undefined : 'Choose a credential first'}
            loading={search.isPending}
            onClick={find}
          >
            {`Find in ${vendor.title}`}
          </Button>
        )}
      </Group>
      {search.data && choices.length === 0 && (
        <p role="status">{`${vendor.title} lists none for this credential. Enter it by hand.`}</p>
      )}
      {search.error && (
        <Notice tone="danger" title={`${vendor.title} did not say`}>
          {sentenceOf(search.error)}
        </Notice>
      )}
    </div>
  );
}
