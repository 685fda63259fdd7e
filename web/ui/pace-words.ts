import type { Pace } from '#contract';
import { countOf, toDurationText, toNumberText } from './words.ts';

type Shown = Pick<Pace, 'perSecond' | 'isLearned' | 'atOnce' | 'waiting' | 'pausedUntil'>;

/** How long nothing is sent any more; null when calls go. */
export function pausedMs({ pausedUntil }: Pick<Pace, 'pausedUntil'>, nowMs: number): number | null {
  const left = pausedUntil === null ? 0 : Date.parse(pausedUntil) - nowMs;
  return left > 0 ? left : null;
}

/** `50/s allowed, 16 at once, waiting 12 s`. */
export function paceWords(pace: Shown, nowMs: number): string {
  const { perSecond, isLearned, atOnce, waiting } = pace;
  const left = pausedMs(pace, nowMs);
  const parts = [
    perSecond === null
      ? 'no limit known'
      : `${toNumberText(perSecond)}/s ${isLearned ? 'learned' : 'allowed'}`,
    `${toNumberText(atOnce)} at once`,
  ];
  if (left !== null) parts.push(`waiting ${toDurationText(Math.ceil(left / 1000) * 1000)}`);
  else if (waiting > 0) parts.push(`${countOf(waiting, 'call')} waiting`);
  return parts.join(', ');
}
