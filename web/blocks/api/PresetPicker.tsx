import { Button, TextInput } from '@mantine/core';
import { ChevronRight, Search } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { OwnPreset, Preset, Vendor } from '#contract';
import { useOwnPresets } from '../../api/use-own-presets.ts';
import { useCatalogue } from '../../editor/catalogue.ts';
import { VendorMark } from '../../editor/VendorMark.tsx';
import { EffectBadge } from './EffectBadge.tsx';
import { OwnPresetRow } from './OwnPresetRow.tsx';
import classes from './PresetPicker.module.css';

type Props = {
  onPick: (vendor: Vendor, preset: Preset) => void;
  onPickOwn: (preset: OwnPreset) => void;
  onFree: () => void;
  /** Null while the block has no request to go back to. */
  onBack: (() => void) | null;
};

/** Search over the presets of all vendors. */
export function PresetPicker({ onPick, onPickOwn, onFree, onBack }: Props) {
  const { vendors } = useCatalogue();
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const { data: all = [] } = useOwnPresets();
  const vendorOf = (own: OwnPreset) => vendors.get(own.settings.vendorId);
  const isFound = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const own = all.filter((one) => isFound(`${vendorOf(one)?.title ?? ''} ${one.title} ${one.summary} own`));
  const found = [...vendors.values()].flatMap((vendor) =>
    vendor.presets
      .filter((preset) => isFound(`${vendor.title} ${preset.title} ${preset.summary}`))
      .map((preset) => ({ vendor, preset })),
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-preset]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
  };

  return (
    <section className={classes.picker} aria-label="Presets" onKeyDown={onKeyDown}>
      <TextInput
        label="Select preset"
        placeholder="Webex, delete user…"
        leftSection={<Search size={14} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          // Nobody means the first of all presets.
          if (event.key !== 'Enter' || words.length === 0) return;
          // The focus goes on to a button, which must not take the same press for itself.
          event.preventDefault();
          if (own[0]) onPickOwn(own[0]);
          else if (first) onPick(first.vendor, first.preset);
        }}
      />
      <div className={classes.list} ref={list}>
        {own.map((one) => (
          <OwnPresetRow key={one.id} preset={one} onPick={() => onPickOwn(one)} />
        ))}
        {found.map(({ vendor, preset }) => (
          <button
            key={`${vendor.id}/${preset.id}`}
            type="button"
            data-preset
            className={classes.row}
            onClick={() => onPick(vendor, preset)}
          >
            <VendorMark title={vendor.title} size={30} />
            <span className={classes.words}>
              <span className={classes.title}>
                {vendor.title} {preset.title}
              </span>
              <span className={classes.summary}>{preset.summary}</span>
            </span>
            <EffectBadge does={preset.effect.does} />
            <ChevronRight size={14} className={classes.arrow} aria-hidden />
          </button>
        ))}
        {found.length + own.length === 0 && (
          <p className={classes.none}>
            No preset is called that. A free request reaches any address of a credential.
          </p>
        )}
      </div>
      <div className={classes.foot}>
        <Button variant="default" size="xs" onClick={onFree}>
          Write a free request
        </Button>
        {onBack && (
          <Button variant="subtle" color="gray" size="xs" onClick={onBack}>
            Keep the request
          </Button>
        )}
      </div>
    </section>
  );
}
