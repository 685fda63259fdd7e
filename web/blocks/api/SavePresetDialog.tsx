import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ApiSettings, OwnPreset } from '#contract';
import { useSaveOwnPreset } from '../../api/use-own-presets.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';

type Props = {
  settings: ApiSettings;
  /** The name of the block, as a proposal. */
  name: string;
  /** The preset of one's own that the block was made of. */
  own: OwnPreset | undefined;
  onSaved: (preset: OwnPreset) => void;
  onClose: () => void;
};

/** Saves a configured request as a preset of one's own, or changes the one it was made of. */
export function SavePresetDialog({ settings, name, own, onSaved, onClose }: Props) {
  const [title, setTitle] = useState(own?.title ?? name);
  const [summary, setSummary] = useState(own?.summary ?? '');
  const saving = useSaveOwnPreset();
  const isReady = title.trim() !== '';
  const save = (id: string | null): void =>
    saving.mutate({ id, input: { title, summary, settings } }, { onSuccess: onSaved });

  return (
    <Modal opened onClose={onClose} title={own ? `Preset ${own.title}` : 'Save as a preset of your own'}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Everything of this request is kept but its credential. Blocks get a copy: a later change reaches
          none of them by itself.
        </Text>
        <TextInput
          label="Name"
          data-autofocus
          required
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label="What it is for"
          maxLength={300}
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
        />
        <DialogFoot error={saving.error} onClose={onClose}>
          {own && own.title !== title.trim() && (
            <Button variant="default" disabled={!isReady} onClick={() => save(null)}>
              Save as a new one
            </Button>
          )}
          <Button disabled={!isReady} loading={saving.isPending} onClick={() => save(own?.id ?? null)}>
            {own ? 'Change preset' : 'Save preset'}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}
