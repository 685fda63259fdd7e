import { Kbd } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { CornerDownRight, Search, User, Workflow } from 'lucide-react';
import { useState } from 'react';
import { usePeople } from '../api/use-people.ts';
import { useWorkflows } from '../api/use-workflows.ts';
import { keyNames } from '../ui/key-names.ts';
import { type PageCommand, useCommandsOfPage } from '../ui/page-commands.ts';
import { nameOf } from '../ui/person-name.ts';
import { places } from './places.ts';
import classes from './SearchPalette.module.css';

/** Ctrl or Cmd and K: every page, workflow and person, and what the page in view can do. */
export function SearchPalette() {
  const [query, setQuery] = useState('');
  const [search] = useDebouncedValue(query.trim(), 180);
  const navigate = useNavigate();
  const workflows = useWorkflows();
  const people = usePeople({ search, limit: 6 }, search.length >= 2);
  const [isOpen, setIsOpen] = useState(false);
  const commands = useCommandsOfPage(isOpen).filter((command) => query.trim() !== '' || !command.isFoundOnly);
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
  ];
  const own = [...Map.groupBy(commands, (command) => command.group)].map(([group, some]) => ({
    group,
    actions: some.map(toAction),
  }));
  // What the page can do comes first for whoever types; nobody who only looks around has to scroll past it.
  const ordered = query.trim() === '' ? [...groups, ...own] : [...own, ...groups];

  return (
    <Spotlight
      actions={ordered.filter((group) => group.actions.length > 0)}
      shortcut="mod + K"
      centered={false}
      tagsToIgnore={[]}
      triggerOnContentEditable
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setIsOpen(true)}
      onSpotlightClose={() => setIsOpen(false)}
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
        placeholder: 'Find a page, a workflow, a person or an action',
        'aria-label': 'Find a page, a workflow, a person or an action',
      }}
    />
  );
}

/** The search closes and gives the focus back first, so that a command may take it elsewhere. */
const toAction = ({ id, words, keys, run }: PageCommand): SpotlightActionData => ({
  id,
  label: words,
  leftSection: <CornerDownRight size={17} strokeWidth={1.8} aria-hidden />,
  rightSection:
    keys === null
      ? undefined
      : keyNames(keys).map((name) => (
          <Kbd key={name} size="xs">
            {name}
          </Kbd>
        )),
  onClick: () => setTimeout(run, 150),
});
