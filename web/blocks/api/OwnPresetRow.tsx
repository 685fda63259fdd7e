import { ActionIcon } from '@mantine/core';
import { ChevronRight, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { effectOfCall, type OwnPreset } from '#contract';
import { useRemoveOwnPreset } from '../../api/use-own-presets.ts';
import { useCatalogue } from '../../editor/catalogue.ts';
import { VendorMark } from '../../editor/VendorMark.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EffectBadge } from './EffectBadge.tsx';
import classes from './PresetPicker.module.css';

/** A preset of one's own in the list; it can be deleted while no workflow uses it. */
export function OwnPresetRow({ preset, onPick }: { preset: OwnPreset; onPick: () => void }) {
  const { vendors } = useCatalogue();
  const removal = useRemoveOwnPreset();
  const [isAsking, setIsAsking] = useState(false);
  const { settings } = preset;
  const vendor = vendors.get(settings.vendorId);
  const base = vendor?.presets.find(({ id }) => id === settings.presetId);

  return (
    <>
      <div className={classes.own}>
        <button type="button" data-preset className={classes.row} onClick={onPick}>
          <VendorMark title={vendor?.title ?? '{}'} size={30} />
          <span className={classes.words}>
            <span className={classes.title}>{preset.title}</span>
            <span className={classes.summary}>{preset.summary || `Saved by ${preset.createdBy}`}</span>
          </span>
          <EffectBadge does={effectOfCall(settings, base).does} />
          <ChevronRight size={14} className={classes.arrow} aria-hidden />
        </button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete the preset ${preset.title}`}
          onClick={() => setIsAsking(true)}
        >
          <Trash2 size={14} aria-hidden />
        </ActionIcon>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={`Delete the preset “${preset.title}”?`}
          action="Delete preset"
          isDestructive
          isPending={removal.isPending}
          error={removal.error}
          onConfirm={() => removal.mutate(preset.id)}
          onClose={() => {
            removal.reset();
            setIsAsking(false);
          }}
        >
          It cannot be brought back. A preset that a workflow uses is kept.
        </ConfirmDialog>
      )}
    </>
  );
}
