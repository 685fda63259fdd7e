import { Button, Group, PasswordInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ApprovalView } from '#contract';
import { ApiError } from '../../api/problem.ts';
import { useDecision, useWithdrawal } from '../../api/use-approvals.ts';
import { useSession } from '../../api/use-session.ts';
import { FailureLine } from '../../ui/FailureLine.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useNow } from '../../ui/use-now.ts';
import { toExactText } from '../../ui/words.ts';
import { leftWords } from './approval-words.ts';

/** Where one says yes or no. Opening the page decides nothing. */
export function DecisionPanel({ approval }: { approval: ApprovalView }) {
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const decision = useDecision(approval.id);
  const withdrawal = useWithdrawal(approval.id);
  const session = useSession().data;
  const nowMs = useNow(15_000);
  const mayDecide = session?.rights.includes('approvals.decide') ?? false;
  const isMine = session?.operator?.id === approval.requestedBy;
  const mustEnter = decision.error instanceof ApiError && decision.error.place === 'step-up';
  const isCooling = approval.coolsUntil !== null && Date.parse(approval.coolsUntil) > nowMs;
  const mayApprove = approval.obstacle === null && (!approval.needsTyping || typed === approval.confirmation);

  const decide = (what: 'approve' | 'deny'): void =>
    decision.mutate({
      decision: what,
      reason,
      ...(approval.needsTyping && { typed }),
      ...(mustEnter && { password }),
    });

  return (
    <Panel title="Decide">
      <Stack gap="md">
        {isCooling && approval.coolsUntil && (
          <Text size="sm">
            Nobody else can agree. Whoever asked may do so alone in{' '}
            <strong>{leftWords(approval.coolsUntil, nowMs)}</strong>, at {toExactText(approval.coolsUntil)}.
          </Text>
        )}
        {approval.obstacle !== null && !isCooling && <Text size="sm">{approval.obstacle}</Text>}
        {approval.deciders.length > 0 && approval.obstacle !== null && (
          <Text size="sm" c="dimmed">
            Can agree: {approval.deciders.map(({ name }) => name).join(', ')}.
          </Text>
        )}
        {mayDecide && (
          <>
            <Textarea
              label="Reason"
              description="Kept with the decision; whoever asked reads it."
              autosize
              minRows={2}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {approval.needsTyping && approval.obstacle === null && (
              <TextInput
                label={`Type “${approval.confirmation}” to agree alone`}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            )}
            {mustEnter && (
              <PasswordInput
                label="Your password"
                description="You signed in a while ago. Enter it again to decide."
                autoComplete="current-password"
                autoFocus
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            )}
          </>
        )}
        <FailureLine of={!mustEnter && decision.error} />
        <FailureLine of={withdrawal.error} />
        <Group gap="xs">
          {mayDecide && approval.obstacle === null && (
            <Button
              loading={decision.isPending && decision.variables?.decision === 'approve'}
              disabled={!mayApprove || (mustEnter && password === '')}
              onClick={() => decide('approve')}
            >
              Approve
            </Button>
          )}
          {mayDecide && (
            <Button
              variant="default"
              loading={decision.isPending && decision.variables?.decision === 'deny'}
              disabled={mustEnter && password === ''}
              onClick={() => decide('deny')}
            >
              Deny
            </Button>
          )}
          {isMine && (
            <Button variant="default" loading={withdrawal.isPending} onClick={() => withdrawal.mutate()}>
              Take it back
            </Button>
          )}
        </Group>
      </Stack>
    </Panel>
  );
}
