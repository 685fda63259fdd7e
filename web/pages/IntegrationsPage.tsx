import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { ArrowRightLeft, LayoutGrid, List, Plug, Plus, SearchX } from 'lucide-react';
import { z } from 'zod';
import { useIntegrations } from '../api/use-integrations.ts';
import { useCan } from '../api/use-session.ts';
import { useVendors } from '../api/use-vendors.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SearchInput } from '../ui/SearchInput.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { IntegrationCards } from './integrations/IntegrationCards.tsx';
import { IntegrationsTable } from './integrations/IntegrationsTable.tsx';
import { MappingTable } from './integrations/MappingTable.tsx';
import { NewIntegrationDrawer } from './integrations/NewIntegrationDrawer.tsx';

const filterSchema = z.object({ search: z.string().catch(''), new: z.string().optional() });
const views = [
  { value: 'block', label: 'Block view', icon: LayoutGrid },
  { value: 'list', label: 'List view', icon: List },
  { value: 'mapping', label: 'Mapping view', icon: ArrowRightLeft },
] as const;
type View = (typeof views)[number]['value'];
const shapes = { block: IntegrationCards, list: IntegrationsTable, mapping: MappingTable };

/** Configured user loads, as blocks, as a list, or by what they map. */
export function IntegrationsPage() {
  const [filter, change] = useFilter(filterSchema);
  const [view, setView] = useLocalStorage<View>({
    key: 'rollcall-integrations',
    defaultValue: 'block',
  });
  const integrations = useIntegrations();
  const canWrite = useCan('integrations.write');
  const hasAny = (integrations.data?.length ?? 0) > 0;
  const wanted = filter.search.trim().toLowerCase();
  const vendors = useVendors().data ?? [];
  const titleOf = (id: string): string => vendors.find((vendor) => vendor.id === id)?.title ?? id;
  const shown = (integrations.data ?? []).filter(({ name, vendorId }) =>
    `${name} ${titleOf(vendorId)}`.toLowerCase().includes(wanted),
  );
  const Shape = shapes[view] ?? IntegrationCards;
  const add = canWrite && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => change({ new: '1' })}>
      New integration
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Integrations"
        summary="Each one reads the users of an app into people and SaaS users."
        actions={hasAny && add}
      />
      {hasAny && (
        <FilterBar count={countOf(shown.length, 'integration')}>
          <SearchInput
            label="Search integrations"
            value={filter.search}
            onChange={(search) => change({ search })}
          />
          <ActionIcon.Group>
            {views.map(({ value, label, icon: Icon }) => (
              <Tooltip key={value} label={label}>
                <ActionIcon
                  variant={view === value ? 'light' : 'default'}
                  color={view === value ? 'indigo' : 'gray'}
                  size="input-sm"
                  aria-label={label}
                  aria-pressed={view === value}
                  onClick={() => setView(value)}
                >
                  <Icon size={16} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ))}
          </ActionIcon.Group>
        </FilterBar>
      )}
      <Loaded query={integrations} rows={3}>
        {() => {
          if (!hasAny) {
            return (
              <Panel flush>
                <EmptyState icon={Plug} title="No integrations yet" action={add}>
                  An integration reads every user of an app, and keeps people and their accounts up to date.
                </EmptyState>
              </Panel>
            );
          }
          if (shown.length > 0) return <Shape integrations={shown} />;
          return (
            <Panel flush>
              <EmptyState icon={SearchX} title="No integration matches">
                Nothing is called “{filter.search}”. Search by the name of an integration or of its app.
              </EmptyState>
            </Panel>
          );
        }}
      </Loaded>
      <NewIntegrationDrawer isOpen={filter.new !== undefined} onClose={() => change({ new: undefined })} />
    </>
  );
}
