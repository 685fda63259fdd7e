// A form cannot say it: the same request is shown as a preset's few questions, or whole, in eight tabs.
import { Alert, Button, Switch, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type ApiSettings, type Block, effectOfCall, settingsFromPreset } from '#contract';
import { useOwnPresets } from '../api/use-own-presets.ts';
import { Changeable } from '../editor/Changeable.tsx';
import { useCatalogue } from '../editor/catalogue.ts';
import { useEditor } from '../editor/editor-world.ts';
import { apiSettingsOf } from '../editor/harm.ts';
import { VendorMark } from '../editor/VendorMark.tsx';
import classes from './ApiPanel.module.css';
import { AdvancedTabs } from './api/AdvancedTabs.tsx';
import { ConfigureTab } from './api/ConfigureTab.tsx';
import { EffectBadge } from './api/EffectBadge.tsx';
import { PresetPicker } from './api/PresetPicker.tsx';
import { SavePresetDialog } from './api/SavePresetDialog.tsx';
import { tabOfSetting } from './api-panel.ts';
import { TestRequestDialog } from './test/TestRequestDialog.tsx';

type Props = {
  block: Block;
  /** `group` names the input, so that typing into it is one step of undo. */
  onChange: (change: { settings?: Record<string, unknown>; name?: string }, group: string) => void;
  focusedSetting: string | null;
};

/** The inspector of an API block: choose a preset, configure it, or write every part of the request. */
export function ApiPanel({ block, onChange, focusedSetting }: Props) {
  const { vendors } = useCatalogue();
  const { mayChange } = useEditor();
  const settings = apiSettingsOf(block);
  const [isChoosing, setIsChoosing] = useState(settings?.presetId === '' && settings.url === '');
  const [isAdvanced, setIsAdvanced] = useState(settings?.presetId === '');
  const [isSaving, setIsSaving] = useState(false);
  const { data: ownPresets } = useOwnPresets();
  const [isTesting, setIsTesting] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const wasChoosing = useRef(isChoosing);

  // The picker takes the place of what had the focus, and the other way round: the keyboard goes along.
  useEffect(() => {
    if (wasChoosing.current === isChoosing) return;
    wasChoosing.current = isChoosing;
    panel.current?.querySelector<HTMLElement>(isChoosing ? 'input' : '[data-change-preset]')?.focus();
  }, [isChoosing]);

  useEffect(() => {
    if (focusedSetting && tabOfSetting(focusedSetting)) setIsAdvanced(true);
  }, [focusedSetting]);

  if (!settings) {
    return (
      <Alert color="red" title="These settings cannot be read">
        <Button
          size="xs"
          variant="default"
          mt="xs"
          onClick={() => onChange({ settings: { vendorId: '', presetId: '' } }, 'reset')}
        >
          Start this block anew
        </Button>
      </Alert>
    );
  }

  const vendor = vendors.get(settings.vendorId);
  const preset = vendor?.presets.find((one) => one.id === settings.presetId);
  const own = ownPresets?.find(({ id }) => id === settings.ownPresetId);
  const change = (changed: Partial<ApiSettings>): void =>
    onChange({ settings: { ...settings, ...changed } }, Object.keys(changed).join());

  if (isChoosing && mayChange) {
    return (
      <div ref={panel}>
        <PresetPicker
          onPick={(from, picked) => {
            const known = settings.authorization.mode === 'static' ? settings.authorization.credentialId : '';
            const isSameVendor = from.id === settings.vendorId;
            onChange(
              {
                settings: settingsFromPreset(from, picked, isSameVendor ? known : ''),
                name: picked.title.startsWith(from.title) ? picked.title : `${from.title} ${picked.title}`,
              },
              'preset',
            );
            setIsChoosing(false);
            setIsAdvanced(false);
          }}
          onPickOwn={(own) => {
            const isSameVendor = own.settings.vendorId === settings.vendorId;
            const authorization =
              own.settings.authorization.mode === 'static' && isSameVendor
                ? settings.authorization
                : own.settings.authorization;
            onChange({ settings: { ...own.settings, authorization }, name: own.title }, 'preset');
            setIsChoosing(false);
            setIsAdvanced(own.settings.presetId === '');
          }}
          onFree={() => {
            change({ presetId: '', ownPresetId: '', inputs: {} });
            setIsChoosing(false);
            setIsAdvanced(true);
          }}
          onBack={settings.url === '' ? null : () => setIsChoosing(false)}
        />
      </div>
    );
  }

  return (
    <div className={classes.panel} ref={panel}>
      <div className={classes.source}>
        <VendorMark title={vendor?.title ?? '{}'} size={28} />
        <div className={classes.words}>
          <Text size="sm" fw={600} truncate>
            {preset ? preset.title : 'Free request'}
          </Text>
          {mayChange && (
            <button
              type="button"
              data-change-preset
              className={classes.change}
              onClick={() => setIsChoosing(true)}
            >
              {preset ? 'Change preset' : 'Select preset'}
            </button>
          )}
        </div>
        <EffectBadge does={effectOfCall(settings, preset).does} />
        {mayChange && (
          <Button size="compact-xs" variant="default" onClick={() => setIsTesting(true)}>
            Test request
          </Button>
        )}
        {preset && (
          <Switch
            size="xs"
            labelPosition="left"
            label="Advanced Mode"
            className={classes.mode}
            checked={isAdvanced}
            onChange={(event) => setIsAdvanced(event.currentTarget.checked)}
          />
        )}
      </div>
      {isAdvanced || !preset || !vendor ? (
        <AdvancedTabs
          settings={settings}
          change={change}
          vendor={vendor}
          preset={preset}
          name={block.name}
          onRename={(name) => onChange({ name }, 'name')}
          focusedSetting={focusedSetting}
        />
      ) : (
        <Changeable label="What it does">
          <ConfigureTab settings={settings} change={change} vendor={vendor} preset={preset} />
        </Changeable>
      )}
      {mayChange && (
        <button type="button" className={classes.change} onClick={() => setIsSaving(true)}>
          {own ? `Preset “${own.title}”…` : 'Save as a preset…'}
        </button>
      )}
      {isSaving && (
        <SavePresetDialog
          settings={settings}
          name={block.name}
          own={own}
          onSaved={({ id }) => {
            change({ ownPresetId: id });
            setIsSaving(false);
          }}
          onClose={() => setIsSaving(false)}
        />
      )}
      {isTesting && (
        <TestRequestDialog
          block={block}
          settings={settings}
          onClose={() => setIsTesting(false)}
          onKeep={(row, when) =>
            change({ response: { ...settings.response, [when]: [...settings.response[when], row] } })
          }
        />
      )}
    </div>
  );
}
