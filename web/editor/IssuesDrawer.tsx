import { ActionIcon } from '@mantine/core';
import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import type { Issue } from '#contract';
import type { Draft } from './draft.ts';
import { useDraft, useEditor } from './editor-world.ts';
import classes from './IssuesDrawer.module.css';

/** All findings about the graph; each opens the block and the setting that it is about. */
export function IssuesDrawer({ onClose }: { onClose: () => void }) {
  const { draft } = useEditor();
  const issues = useDraft((state) => state.issues);
  const blocks = useDraft((state) => state.graph.blocks);
  const sorted = inOrder(issues);

  return (
    <section className={classes.drawer} aria-label="Issues">
      <header className={classes.head}>
        <h2 className={classes.title}>Issues</h2>
        <span className={classes.count}>{issueWords(issues)}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Close the list of issues"
          onClick={onClose}
        >
          <X size={15} aria-hidden />
        </ActionIcon>
      </header>
      {sorted.length === 0 ? (
        <p className={classes.none}>
          <CircleCheck size={16} aria-hidden /> Nothing stands in the way of launching.
        </p>
      ) : (
        <ul className={classes.list}>
          {sorted.map((issue, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same finding may occur twice
            <li key={index}>
              <button
                type="button"
                className={classes.row}
                data-severity={issue.severity}
                onClick={() => issue.block && draft.select([issue.block], issue.setting)}
              >
                {issue.severity === 'error' ? (
                  <CircleAlert size={15} aria-label="Error" />
                ) : (
                  <TriangleAlert size={15} aria-label="Warning" />
                )}
                <span className={classes.block}>
                  {blocks.find((block) => block.id === issue.block)?.name ?? 'Workflow'}
                </span>
                <span className={classes.message}>{issue.message}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** How many errors and warnings, in words. */
export function issueWords(issues: readonly Issue[]): string {
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  const warnings = issues.length - errors;
  const parts = [
    errors > 0 ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
    warnings > 0 ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : '',
  ];
  return parts.filter(Boolean).join(', ') || 'No issues';
}

const rank = (issue: Issue): number => (issue.severity === 'error' ? 0 : 1);

const inOrder = (issues: readonly Issue[]): Issue[] => [...issues].sort((a, b) => rank(a) - rank(b));

/** Goes to the block of the issue after the one whose block is selected, and round again. */
export function nextIssue(draft: Draft): void {
  const { issues, selected } = draft.store.getState();
  const blocks = [...new Set(inOrder(issues).flatMap((issue) => issue.block ?? []))];
  const next = blocks[(blocks.indexOf(selected[0] ?? '') + 1) % blocks.length];
  const issue = inOrder(issues).find((one) => one.block === next);
  if (next !== undefined) draft.select([next], issue?.setting ?? null);
}
