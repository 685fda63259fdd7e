import { Anchor, Button, Loader, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useMatches } from '../api/use-workflow-draft.ts';
import { useEditor } from '../editor/editor-world.ts';
import { FailureLine } from '../ui/FailureLine.tsx';
import classes from './BeginMatches.module.css';

/** The records that Begin chooses now, as the saved draft says. */
export function BeginMatches() {
  const { workflow } = useEditor();
  const [isShown, setIsShown] = useState(false);
  const matches = useMatches(workflow.id, workflow.revision, isShown);

  if (!isShown) {
    return (
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<ListFilter size={14} aria-hidden />}
          onClick={() => setIsShown(true)}
        >
          Show matching records
        </Button>
      </div>
    );
  }
  if (matches.isPending) return <Loader size="sm" aria-label="Counting the matching records" />;
  if (matches.error) return <FailureLine of={matches.error} />;
  const { total, sample } = matches.data;
  return (
    <section className={classes.matches} aria-label="Matching records">
      <Text size="sm" fw={600}>
        {total === 0
          ? 'No record matches now'
          : `${total.toLocaleString()} ${total === 1 ? 'record matches' : 'records match'} now`}
      </Text>
      {total === 0 && (
        <Text size="xs" c="dimmed">
          Loosen the rules, or load users first.
        </Text>
      )}
      <ul className={classes.list}>
        {sample.map(({ recordId, label }) => (
          <li key={recordId}>
            {workflow.records.kind === 'people' ? (
              <Anchor component={Link} to={`/people/${recordId}`} size="sm" c="inherit">
                {label}
              </Anchor>
            ) : (
              label
            )}
          </li>
        ))}
      </ul>
      {total > sample.length && (
        <Text size="xs" c="dimmed">
          and {(total - sample.length).toLocaleString()} more
        </Text>
      )}
    </section>
  );
}
