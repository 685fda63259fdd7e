import { Button, NumberInput, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { GuardSettings, SafetyState } from '#contract';
import { useCan } from '../../api/use-session.ts';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ChangeDialog } from './ChangeDialog.tsx';

/** What holds for every destructive call, besides the limits. */
export function RulesPanel({ safety }: { safety: SafetyState }) {
  const mayChange = useCan('guard.write');
  const [isOpen, setIsOpen] = useState(false);
  const { protectsAdministrators, hasCanary, deletionsPerMinute } = safety.settings;
  return (
    <Panel
      title="Rules"
      action={
        mayChange && (
          <Button variant="subtle" size="compact-sm" onClick={() => setIsOpen(true)}>
            Change rules
          </Button>
        )
      }
    >
      <KeyValues
        rows={[
          ['First run of a version', hasCanary ? 'One call, then a look' : 'No look in between'],
          [
            'Administrators at vendors',
            protectsAdministrators ? 'Protected, as are those nobody can tell' : 'Not protected',
          ],
          [
            'Pace of deletions',
            deletionsPerMinute === null
              ? 'As fast as the credential allows'
              : `${deletionsPerMinute} a minute at one vendor`,
          ],
        ]}
      />
      {isOpen && <RulesDialog safety={safety} onClose={() => setIsOpen(false)} />}
    </Panel>
  );
}

function RulesDialog({ safety, onClose }: { safety: SafetyState; onClose: () => void }) {
  const { settings } = safety;
  const [hasCanary, setHasCanary] = useState(settings.hasCanary);
  const [protectsAdministrators, setProtects] = useState(settings.protectsAdministrators);
  const [pace, setPace] = useState(String(settings.deletionsPerMinute ?? ''));
  const perMinute = pace.trim() === '' ? null : Number(pace);
  const isPace = perMinute === null || (perMinute > 0 && perMinute <= 100_000);
  const to: GuardSettings = { ...settings, hasCanary, protectsAdministrators, deletionsPerMinute: perMinute };
  return (
    <ChangeDialog
      title="Rules for destructive calls"
      safety={safety}
      to={isPace ? to : null}
      action="Save rules"
      onClose={onClose}
    >
      <Stack gap="md">
        <Switch
          label="Look at the first call of a new version"
          description="Its first run makes one destructive call, then waits until somebody has looked at it."
          checked={hasCanary}
          onChange={(event) => setHasCanary(event.currentTarget.checked)}
        />
        <Switch
          label="Protect administrators and owners at vendors"
          description="Where a vendor does not tell who is one, the account counts as protected."
          checked={protectsAdministrators}
          onChange={(event) => setProtects(event.currentTarget.checked)}
        />
        <NumberInput
          label="Deletions a minute at one vendor"
          description="Spread out, so that people can react. Empty: as fast as the credential allows."
          min={0.1}
          max={100_000}
          hideControls
          maw={320}
          value={pace}
          onChange={(value) => setPace(String(value))}
        />
      </Stack>
    </ChangeDialog>
  );
}
