import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type ExplainedEffect, isHarmful } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { effectWords } from '../../editor/effect-words.ts';
import { Json } from '../../ui/Json.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toDurationText, toExactText, toTitle } from '../../ui/words.ts';
import classes from './WhatHappened.module.css';

/** One effect: a line that opens to its whole story. */
export function ExplainedEffectRow({ effect }: { effect: ExplainedEffect }) {
  const nameOf = useGuardNames();
  const { run, target, version, reading, approvals, way } = effect;
  const isHarm = effect.does !== 'unknown' && isHarmful(effect.does);
  const where = effect.vendorId === '' ? '' : ` in ${nameOf('vendor', effect.vendorId)}`;
  return (
    <li>
      <details className={classes.effect}>
        <summary className={classes.head}>
          <span className={classes.what} data-harm={isHarm || undefined}>
            {isHarm && <ShieldAlert size={14} aria-hidden />}
            {toTitle(effectWords[effect.does])}
            {where}
          </span>
          <StatusBadge status={effect.status} />
          <span className={classes.by}>{run.workflowName}</span>
          <TimeAgo at={effect.at} />
        </summary>
        <div className={classes.story}>
          <Part title="Who">
            {target ? `${target.email || 'No address'} (${target.id})` : 'The call names nobody.'}
          </Part>
          <Part title="By">
            <RouteLink to={`/runs/${run.id}?record=${run.n}`}>Run of {run.workflowName}</RouteLink>, version{' '}
            {run.versionNumber}
            {version && `, made by ${version.author} on ${toExactText(version.launchedAt)}`}. Started by{' '}
            {run.startedBy}.
          </Part>
          <Part title="Because">
            <ol className={classes.way}>
              {way.map((step) => (
                <li key={`${step.block} ${step.at}`}>
                  <strong>{step.block}</strong>
                  {step.exit && <span className={classes.exit}>{step.exit}</span>}
                  {step.condition && <span> {step.condition}</span>}
                  {step.note && <em> {step.note}</em>}
                  {step.error && <em> {step.error}</em>}
                </li>
              ))}
            </ol>
          </Part>
          {Object.keys(run.globals).length > 0 && (
            <Part title="With">
              {Object.entries(run.globals)
                .map(([name, value]) => `${name} = ${value}`)
                .join(', ')}
            </Part>
          )}
          {reading && (
            <Part title="Seen before">
              The account was read {toExactText(reading.at)},{' '}
              {reading.ageMs < 1000
                ? 'just before the call'
                : `${toDurationText(reading.ageMs)} before the step`}
              .{reading.answer && <Fold title="The account as it was" value={reading.answer.body ?? null} />}
            </Part>
          )}
          <Part title="Agreed to">
            {approvals.length === 0
              ? 'Nobody had to: it was within the limits.'
              : approvals.map((one) => (
                  <div key={one.id}>
                    <RouteLink to={`/approvals/${one.id}`}>{one.title}</RouteLink>: asked by {one.requestedBy}
                    , {one.decidedBy ? `decided by ${one.decidedBy}` : one.status}
                    {one.reason && ` (“${one.reason}”)`}
                  </div>
                ))}
          </Part>
          <Part title="Sent">
            {effect.request ? (
              <>
                <code className={classes.request}>
                  {effect.request.method} {effect.request.url}
                </code>
                {effect.request.body !== undefined && <Fold title="Body" value={effect.request.body} />}
              </>
            ) : (
              'The details are no longer kept.'
            )}
          </Part>
          <Part title="Came back">
            {effect.answer
              ? `${effect.answer.status ?? ''} ${effect.answer.outcome}`.trim()
              : 'No answer is kept.'}
            {effect.note && ` ${effect.note}`}
            {effect.error && ` ${effect.error}`}
          </Part>
          <Part title="Can be undone">{undoText(effect)}</Part>
        </div>
      </details>
    </li>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      <div>{children}</div>
    </section>
  );
}

function Fold({ title, value }: { title: string; value: unknown }) {
  return (
    <details className={classes.fold}>
      <summary>{title}</summary>
      <Json value={value} label={title} />
    </details>
  );
}

function undoText({ undo, undoUntil }: ExplainedEffect): string {
  if (undo.kind === 'reversible') return 'Yes, by the opposite call.';
  if (undo.kind === 'permanent') return 'No.';
  return undoUntil
    ? `At the vendor, until ${toExactText(undoUntil)}.`
    : `At the vendor, for ${undo.days} days afterwards.`;
}
