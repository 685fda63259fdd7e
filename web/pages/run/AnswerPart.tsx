import { CopyButton, UnstyledButton } from '@mantine/core';
import type { RecordedAnswer } from '#contract';
import { toDurationText } from '../../ui/words.ts';
import classes from './parts.module.css';
import { Body } from './RequestPart.tsx';

type Props = { answer: RecordedAnswer | null; hasRequest: boolean };

/** What the vendor answered, masked and, where it was long, cut. */
export function AnswerPart({ answer, hasRequest }: Props) {
  if (!answer)
    return <p className={classes.none}>{hasRequest ? 'No answer is known.' : 'Nothing was asked for.'}</p>;
  const isGood = answer.status !== null && answer.status < 400;
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body, null, 2);
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
      {answer.body === undefined || answer.body === null || answer.body === '' ? (
        <p className={classes.none}>The answer has no body.</p>
      ) : (
        <>
          <h4 className={classes.label}>
            Body
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <UnstyledButton className={classes.copy} onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </UnstyledButton>
              )}
            </CopyButton>
          </h4>
          <Body value={answer.body} />
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
