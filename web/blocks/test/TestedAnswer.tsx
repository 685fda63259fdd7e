import { Text } from '@mantine/core';
import { useState } from 'react';
import type { ResponseRow, TestRequest } from '#contract';
import { type JsonPath, JsonTree } from '../../ui/JsonTree.tsx';
import { toDurationText } from '../../ui/words.ts';
import { KeepValue } from './KeepValue.tsx';
import classes from './test.module.css';

type Props = {
  tried: TestRequest;
  answer: NonNullable<TestRequest['answer']>;
  onKeep: (row: ResponseRow) => void;
};

/** What the vendor answered, as a tree whose values can be kept. */
export function TestedAnswer({ tried, answer, onKeep }: Props) {
  const [picked, setPicked] = useState<JsonPath | null>(null);
  const [kept, setKept] = useState<ResponseRow | null>(null);
  const isGood = answer.outcome === 'ok';
  const hasBody = answer.body !== null && answer.body !== '';

  return (
    <section className={classes.part} aria-label="Response">
      <h3 className={classes.title}>Response</h3>
      <div className={classes.outcome}>
        <span className={classes.status} data-good={isGood || undefined}>
          {answer.status ?? 'No answer'}
        </span>
        <Text size="sm" c="dimmed">
          {tried.exit === null ? 'Nobody knows whether it was done' : `Leaves by ${tried.exit}`} ·{' '}
          {toDurationText(answer.durationMs)}
        </Text>
      </div>
      {answer.message !== '' && <Text size="sm">{answer.message}</Text>}
      {picked && (
        <KeepValue
          key={picked.join('/')}
          path={picked}
          onKeep={(row) => {
            onKeep(row);
            setKept(row);
            setPicked(null);
          }}
          onCancel={() => setPicked(null)}
        />
      )}
      {kept && (
        <Text size="sm" role="status">
          From now on {kept.target.name} gets {kept.value}. The tab Response has the row.
        </Text>
      )}
      {hasBody && !picked && (
        <Text size="xs" c="dimmed">
          Click a value to keep it in a field or a variable.
        </Text>
      )}
      {hasBody ? (
        <div className={classes.body}>
          <JsonTree value={answer.body} pickWord="Keep" onPick={(path) => setPicked(path)} />
        </div>
      ) : (
        answer.status !== null &&
        !answer.isCut && (
          <Text size="sm" c="dimmed">
            The answer has no body.
          </Text>
        )
      )}
      {answer.isCut && hasBody && (
        <Text size="xs" c="dimmed">
          The rest is not shown: the answer is too long.
        </Text>
      )}
      {tried.kept.length > 0 && (
        <div>
          <h4 className={classes.label}>What a run would keep</h4>
          {tried.kept.map(({ target, value }) => (
            <p key={`${target.kind}.${target.name}`} className={classes.header}>
              <span>{target.name}</span> {JSON.stringify(value)}
            </p>
          ))}
        </div>
      )}
    </section>
  );
}
