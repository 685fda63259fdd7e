import { Button } from '@mantine/core';
import { CircleX, RotateCw } from 'lucide-react';
import { ApiError, sentenceOf } from '../api/problem.ts';
import classes from './ErrorState.module.css';

interface Props {
  error: unknown;
  onRetry?: () => void;
}

const titles: Record<string, string> = {
  unreachable: 'The server cannot be reached',
  not_found: 'This does not exist',
  forbidden: 'Your role does not allow this',
  conflict: 'Somebody else changed this',
  rate_limited: 'Too many requests for the moment',
};

/** What happened, to what, and what to do next. */
export function ErrorState({ error, onRetry }: Props) {
  const known = error instanceof ApiError ? error : null;
  return (
    <div className={classes.error} role="alert" data-tone="danger">
      <CircleX size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <strong>{titles[known?.code ?? ''] ?? 'This could not be shown'}</strong>
        <p>{sentenceOf(error)}</p>
        {known?.place && <code>{known.place}</code>}
        {known && known.issues.length > 0 && (
          <ul>
            {known.issues.map((issue) => (
              <li key={`${issue.place} ${issue.message}`}>{issue.message}</li>
            ))}
          </ul>
        )}
      </div>
      {onRetry && known?.code !== 'not_found' && (
        <Button
          variant="default"
          size="xs"
          leftSection={<RotateCw size={13} aria-hidden />}
          onClick={onRetry}
        >
          Try again
        </Button>
      )}
    </div>
  );
}
