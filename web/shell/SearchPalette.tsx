import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Search, User, Workflow } from 'lucide-react';
import { useState } from 'react';
import { usePeople } from '../api/use-people.ts';
import { useWorkflows } from '../api/use-workflows.ts';
import { nameOf } from '../ui/person-name.ts';
import { places } from './places.ts';
import classes from './SearchPalette.module.css';

/** Ctrl or Cmd and K: every page, workflow and person. */
export function SearchPalette() {
  const [query, setQuery] = useState('');
  const [search] = useDebouncedValue(query.trim(), 180);
  const navigate = useNavigate();
  const workflows = useWorkflows();
  const people = usePeople({ search, limit: 6 }, search.length >= 2);
  const open = (path: string) => () => void navigate({ to: path });

  const pages: SpotlightActionData[] = places.map(({ path, label, summary, icon: Icon }) => ({
    id: path,
    label,
    description: summary,
    leftSection: <Icon size={17} strokeWidth={1.8} aria-hidden />,
    onClick: open(path),
  }));
  const drawn: SpotlightActionData[] = (workflows.data ?? []).map((workflow) => ({
    id: workflow.id,
    label: workflow.name,
    ...(workflow.description && { description: workflow.description }),
    leftSection: <Workflow size={17} strokeWidth={1.8} aria-hidden />,
    onClick: open(`/workflows/${workflow.id}`),
  }));
  const found: SpotlightActionData[] = (search.length >= 2 ? people.items : []).map((person) => ({
    id: person.id,
    label: nameOf(person),
    description: person.email,
    // The server has chosen them already; the browser's own filter must let them through.
    keywords: query,
    leftSection: <User size={17} strokeWidth={1.8} aria-hidden />,
    onClick: open(`/people/${person.id}`),
  }));
  const groups: SpotlightActionGroupData[] = [
    { group: 'Pages', actions: pages },
    { group: 'Workflows', actions: drawn },
    { group: 'People', actions: found },
  ].filter((group) => group.actions.length > 0);

  return (
    <Spotlight
      actions={groups}
      shortcut="mod + K"
      query={query}
      onQueryChange={setQuery}
      nothingFound={
        people.isFetching ? 'Searching…' : 'Nothing found. Try a name, an e-mail address or a page.'
      }
      highlightQuery
      classNames={{ actionsGroup: classes.group ?? '' }}
      scrollable
      attributes={{ content: { 'aria-label': 'Search' } }}
      maxHeight={420}
      transitionProps={{ duration: 120 }}
      searchProps={{
        leftSection: <Search size={18} aria-hidden />,
        placeholder: 'Find a page, a workflow or a person',
        'aria-label': 'Find a page, a workflow or a person',
      }}
    />
  );
}
