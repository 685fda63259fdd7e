import type { RecordedAnswer } from '#contract';
import { countOf, toDurationText } from '../../ui/words.ts';
import { HeaderPairs } from './HeaderPairs.tsx';
import { JsonBody } from './JsonBody.tsx';
import classes from './parts.module.css';

type Props = { answer: RecordedAnswer | null; hasRequest: boolean };

/** What the vendor answered, masked and, where it was long, cut. */
export function AnswerPart({ answer, hasRequest }: Props) {
  if (!answer)
    return <p className={classes.none}>{hasRequest ? 'No answer is known.' : 'Nothing was asked for.'}</p>;
  const isGood = answer.status !== null && answer.status < 400;
  const headers = Object.entries(answer.headers);
  return (
    <>
      <p className={classes.outcome}>
        {answer.status !== null && (
          <span className={classes.status} data-good={isGood || undefined}>
            {answer.status}
          </span>
        )}
        <span>{outcomeWords(answer.outcome)}</span>
        <span className={classes.took}>{toDurationText(answer.durationMs)}</span>
      </p>
      {headers.length > 0 && (
        <details className={classes.fold}>
          <summary>{countOf(headers.length, 'header')}</summary>
          <HeaderPairs headers={headers} />
        </details>
      )}
      {answer.body === undefined || answer.body === null || answer.body === '' ? (
        <p className={classes.none}>The answer has no body.</p>
      ) : (
        <>
          <h4 className={classes.label}>Body</h4>
          <JsonBody value={answer.body} root="response" what="the body of the response" />
          {answer.isCut && <p className={classes.none}>The rest was not kept: the answer was too long.</p>}
        </>
      )}
    </>
  );
}

/** Such as `Rate limited` for `rate_limited`. */
function outcomeWords(outcome: string): string {
  if (outcome === 'ok') return 'OK';
  const words = outcome.replaceAll(/[_-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
