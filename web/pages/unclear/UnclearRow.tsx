import { Checkbox } from '@mantine/core';
import type { UnclearCall } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { effectWords } from '../../editor/effect-words.ts';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import classes from './UnclearRow.module.css';

interface Props {
  call: UnclearCall;
  maySettle: boolean;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

/** One unclear call with all that is known of it: what was sent, when, what came back, what looking told. */
export function UnclearRow({ call, maySettle, isChosen, onChoose }: Props) {
  const nameOf = useGuardNames();
  const { effect, request, answer } = call;
  const who = effect?.target?.email || effect?.target?.id || call.label;
  return (
    <li className={classes.row} data-chosen={isChosen || undefined}>
      {maySettle && (
        <Checkbox
          aria-label={`Choose ${call.label}`}
          checked={isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      )}
      <div className={classes.words}>
        <div className={classes.head}>
          <strong>{who}</strong>
          <span>
            {call.blockName}
            {effect && `, ${effectWords[effect.does]}`}
            {effect?.vendorId && ` in ${nameOf('vendor', effect.vendorId)}`}
          </span>
          <RouteLink to={`/runs/${call.runId}?record=${call.n}`}>Open in its run</RouteLink>
        </div>
        {request && (
          <code className={classes.request}>
            {request.method} {request.url}
          </code>
        )}
        <p className={classes.reason}>{call.reason}</p>
        <dl className={classes.facts}>
          <div>
            <dt>Sent</dt>
            <dd>
              <TimeAgo at={call.startedAt} />
              {call.attempts > 1 && `, ${call.attempts} attempts`}
            </dd>
          </div>
          <div>
            <dt>Last answer</dt>
            <dd>{answer ? `${answer.status ?? ''} ${answer.outcome}`.trim() : 'none'}</dd>
          </div>
          <div>
            <dt>Run</dt>
            <dd>
              {call.workflowName}, version {call.versionNumber}
              {call.runStatus === 'running' && ', still going on'}
            </dd>
          </div>
          {effect && (
            <div>
              <dt>Can be undone</dt>
              <dd>{undoWords(effect.undo)}</dd>
            </div>
          )}
        </dl>
      </div>
    </li>
  );
}

function undoWords(undo: NonNullable<UnclearCall['effect']>['undo']): string {
  if (undo.kind === 'permanent') return 'no';
  return undo.kind === 'reversible' ? 'yes' : `for ${undo.days} days`;
}
