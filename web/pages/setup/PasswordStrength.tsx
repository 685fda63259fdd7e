import type { Tone } from '../../ui/tone.ts';
import classes from './PasswordStrength.module.css';

interface Strength {
  steps: number;
  tone: Tone;
  words: string;
}

/** How long a guesser would need, in words; length counts most. */
export function PasswordStrength({ password }: { password: string }) {
  const { steps, tone, words } = strengthOf(password);
  return (
    <div className={classes.strength} data-tone={tone}>
      <span className={classes.bar} aria-hidden>
        {[1, 2, 3, 4].map((n) => (
          <span key={n} data-filled={n <= steps || undefined} />
        ))}
      </span>
      <span className={classes.words} aria-live="polite">
        {words}
      </span>
    </div>
  );
}

function strengthOf(password: string): Strength {
  const left = 12 - password.length;
  if (password === '')
    return { steps: 0, tone: 'neutral', words: 'At least 12 characters; a few words together are best.' };
  if (left > 0)
    return { steps: 1, tone: 'neutral', words: `${left} more ${left === 1 ? 'character' : 'characters'}` };
  if (new Set(password.toLowerCase()).size < 7) {
    return { steps: 1, tone: 'warning', words: 'Easy to guess: it repeats a few characters.' };
  }
  if (password.length < 16) return { steps: 3, tone: 'success', words: 'Good' };
  return { steps: 4, tone: 'success', words: 'Strong' };
}
