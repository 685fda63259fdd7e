import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import type { ApprovalLinkView } from '#contract';
import { sentenceOf } from '../api/problem.ts';
import { useAnswer, useLinkedQuestion } from '../api/use-approval-link.ts';
import { GateFrame } from '../shell/GateFrame.tsx';
import { FailureLine } from '../ui/FailureLine.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';

const link = z.object({ token: z.string().catch('') });
const mostShown = 8;

/** Behind the link of an e-mail: what a workflow asks, and two answers. Opening it decides nothing. */
export function AnswerPage() {
  const { token } = link.parse(useSearch({ strict: false }));
  const question = useLinkedQuestion(token);

  if (token === '' || question.error) {
    const why = question.error ? sentenceOf(question.error) : 'Open it as it stands in the e-mail.';
    return <GateFrame title="This link leads nowhere" summary={why} />;
  }
  if (!question.data) return <GateFrame title="Looking for the question" summary="One moment." />;
  const { title, status, workflowName, operatorName } = question.data;
  if (status !== 'waiting') return <GateFrame title={title} summary={endWords(question.data)} />;
  return (
    <GateFrame title={title} summary={`The workflow “${workflowName}” asks you, ${operatorName}.`}>
      <Answer token={token} question={question.data} />
    </GateFrame>
  );
}

function Answer({ token, question }: { token: string; question: ApprovalLinkView }) {
  const { records, expiresAt, obstacle } = question;
  const answer = useAnswer(token);
  const [reason, setReason] = useState('');
  const give = (decision: 'approve' | 'deny'): void => answer.mutate({ decision, reason });
  const isOne = records.count === 1;
  const shown = records.labels.slice(0, mostShown);
  const more = records.count - shown.length;
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={500}>
          {isOne ? 'One record waits' : `${records.count} records wait`}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {shown.join(', ')}
          {more > 0 && ` and ${more} more`}
        </Text>
      </div>
      <Textarea
        label="Reason"
        description="Kept with the answer."
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FailureLine of={answer.error ?? obstacle} />
      <Group grow>
        <Button
          variant="default"
          size="md"
          loading={answer.isPending}
          disabled={obstacle !== null}
          onClick={() => give('deny')}
        >
          Say no
        </Button>
        <Button
          size="md"
          loading={answer.isPending}
          disabled={obstacle !== null}
          onClick={() => give('approve')}
        >
          Say yes
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        It can be answered once, until <TimeAgo at={expiresAt} />.
      </Text>
    </Stack>
  );
}

function endWords({ status, decidedByName }: ApprovalLinkView): string {
  const who = decidedByName ?? 'Somebody';
  const words: Record<Exclude<ApprovalLinkView['status'], 'waiting'>, string> = {
    approved: `${who} said yes.`,
    used: `${who} said yes, and the workflow went on.`,
    denied: `${who} said no.`,
    expired: 'Nobody answered in time.',
    withdrawn: 'The question was taken back.',
  };
  return status === 'waiting' ? '' : words[status];
}
