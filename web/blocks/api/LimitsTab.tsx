import { NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { ApiSettings } from '#contract';
import { useSettingError } from '../../fields/form-world.ts';
import type { ApiTabProps } from '../api-panel.ts';
import { type PagingKind, pagingOf, pagingTitles } from './paging.ts';

/** How long a call may take, how often it is tried, and how many pages of a list are read. */
export function LimitsTab({ settings, change }: ApiTabProps) {
  const { paging } = settings;
  const { next } = paging;
  const setPaging = (changed: Partial<ApiSettings['paging']>): void =>
    change({ paging: { ...paging, ...changed } });
  const setNext = (changed: object): void => setPaging({ next: { ...next, ...changed } as typeof next });
  const text = (key: string, label: string, placeholder: string) =>
    key in next && (
      <TextInput
        key={key}
        label={label}
        placeholder={placeholder}
        value={String((next as Record<string, unknown>)[key])}
        onChange={(event) => setNext({ [key]: event.currentTarget.value })}
      />
    );

  return (
    <Stack gap="md">
      <NumberInput
        label="Timeout"
        suffix=" s"
        w={150}
        min={1}
        max={60}
        error={useSettingError('timeoutMs')}
        value={settings.timeoutMs / 1000}
        onChange={(value) => Number(value) >= 1 && change({ timeoutMs: Math.min(60, Number(value)) * 1000 })}
      />
      <NumberInput
        label="Attempts"
        description="Calls that are not safe to repeat are never repeated."
        w={150}
        min={1}
        max={10}
        error={useSettingError('attempts')}
        value={settings.attempts}
        onChange={(value) =>
          Number(value) >= 1 && change({ attempts: Math.min(10, Math.round(Number(value))) })
        }
      />
      <Select
        label="Pages"
        description="The pages of a list become one answer."
        allowDeselect={false}
        error={useSettingError('paging')}
        data={Object.entries(pagingTitles).map(([value, label]) => ({ value, label }))}
        value={next.kind}
        onChange={(kind) => kind && setPaging({ next: pagingOf(kind as PagingKind) })}
      />
      {next.kind !== 'none' && (
        <>
          <TextInput
            label="Where the list stands"
            description="Such as items or data.users; empty when the answer is the list."
            value={paging.items}
            onChange={(event) => setPaging({ items: event.currentTarget.value })}
          />
          {text('sizeParam', 'Param for the size of a page', 'max')}
          <NumberInput
            label="Entries on a page"
            w={150}
            min={1}
            max={1000}
            value={next.size}
            onChange={(value) => Number(value) >= 1 && setNext({ size: Math.round(Number(value)) })}
          />
          {text('tokenParam', 'Param for the next page', 'next_page_token')}
          {text('token', 'Where the token stands', 'next_page_token')}
          {text('offsetParam', 'Param for where a page begins', 'offset')}
          {text('to', 'Where the last index stands', 'toIndex')}
          {text('total', 'Where the total stands', 'total')}
          <NumberInput
            label="Pages at most"
            w={150}
            min={1}
            max={100}
            value={paging.maxPages}
            onChange={(value) =>
              Number(value) >= 1 && setPaging({ maxPages: Math.min(100, Math.round(Number(value))) })
            }
          />
          <Select
            label="When there are more"
            allowDeselect={false}
            data={[
              { value: 'fail', label: 'Leave by the failure exit' },
              { value: 'keep', label: 'The first ones are enough' },
            ]}
            value={paging.whenMore}
            onChange={(whenMore) => whenMore && setPaging({ whenMore: whenMore as 'fail' | 'keep' })}
          />
          {paging.whenMore === 'keep' && (
            <Text size="xs" c="dimmed">
              Do not judge by what such a list lacks: the rest was not read.
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
