import { Text } from '@mantine/core';
import { sentenceOf } from '../api/problem.ts';

/** What went wrong, beside what was asked for; nothing while nothing did. */
export function FailureLine({ of }: { of: unknown }) {
  if (!of) return null;
  return (
    <Text role="alert" size="sm" c="var(--rc-danger-text)">
      {sentenceOf(of)}
    </Text>
  );
}
