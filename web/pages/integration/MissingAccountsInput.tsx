import { NumberInput } from '@mantine/core';
import type { Integration } from '#contract';
import stack from '../../ui/Stack.module.css';
import { missingAccountsWords } from '../integrations/load-words.ts';
import { WordedChoice } from './WordedChoice.tsx';

type MissingAccounts = Integration['missingAccounts'];

interface Props {
  value: MissingAccounts;
  onChange: (value: MissingAccounts) => void;
}

/** What becomes of SaaS users that the app does not list any more. */
export function MissingAccountsInput({ value, onChange }: Props) {
  return (
    <div className={stack.stack}>
      <WordedChoice
        label="Missing accounts"
        description="SaaS users that a complete load does not list any more."
        options={['leave', 'deactivate']}
        words={missingAccountsWords}
        value={value.action}
        onChange={(action) => onChange({ ...value, action })}
      />
      {value.action === 'deactivate' && (
        <NumberInput
          label="At most"
          description="When a larger share of the accounts is missing, nothing is done and contacts are told."
          min={0}
          max={100}
          suffix=" %"
          allowDecimal={false}
          clampBehavior="strict"
          value={value.maxSharePercent}
          onChange={(share) => onChange({ ...value, maxSharePercent: Number(share) })}
        />
      )}
    </div>
  );
}
