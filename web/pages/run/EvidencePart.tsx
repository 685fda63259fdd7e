import type { StepEvidence } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { effectWords } from '../../editor/effect-words.ts';
import { toTitle } from '../../ui/words.ts';
import { JsonBody } from './JsonBody.tsx';
import classes from './parts.module.css';
import { clockWords } from './run-words.ts';

/** On what the call was made: what it does to whom, whether that can be taken back, and how the account was seen. */
export function EvidencePart({ evidence }: { evidence: StepEvidence }) {
  const nameOf = useGuardNames();
  const { does, vendorId, target, reading } = evidence;
  const where = vendorId === '' ? '' : ` in ${nameOf('vendor', vendorId)}`;
  return (
    <>
      <h4 className={classes.label}>What it was decided on</h4>
      <p className={classes.said}>
        {toTitle(effectWords[does])}
        {where}
        {target && (
          <>
            {' '}
            {target.email || 'an account without an address'} <code className={classes.id}>{target.id}</code>
          </>
        )}
        . {undoWords(evidence)}
      </p>
      {reading && (
        <>
          <h4 className={classes.label}>The account before, read {clockWords(reading.at)}</h4>
          {reading.answer ? (
            <JsonBody value={reading.answer.body ?? null} root="account" what="the account before" />
          ) : (
            <p className={classes.none}>What was read is no longer kept.</p>
          )}
        </>
      )}
    </>
  );
}

function undoWords({ undo }: StepEvidence): string {
  if (undo.kind === 'reversible') return 'It can be taken back.';
  if (undo.kind === 'permanent') return 'It cannot be taken back.';
  return `The vendor can bring it back for ${undo.days} days.`;
}
