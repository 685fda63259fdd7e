import { expect, test } from 'vitest';
import { effectOfCall, settingsFromPreset } from '#domain/api-settings';
import { vendors } from '#presets';

function filled(vendorId: string, presetId: string) {
  const vendor = vendors.find(({ id }) => id === vendorId)!;
  const preset = vendor.presets.find(({ id }) => id === presetId)!;
  return { preset, settings: settingsFromPreset(vendor, preset) };
}

test('a request as its preset states it does what the preset says', () => {
  const { preset, settings } = filled('zoom', 'end-sessions');

  expect(effectOfCall(settings, preset)).toEqual({ does: 'end-sessions', undo: { kind: 'reversible' } });
});

test('an update whose body was edited may do anything', () => {
  const { preset, settings } = filled('planhat', 'update-user');

  const edited = effectOfCall({ ...settings, body: '{"inactive": true}' }, preset);

  expect(edited).toEqual({ does: 'unknown', undo: { kind: 'permanent' } });
});

test('what harms still harms after an edit', () => {
  const { preset, settings } = filled('zoom', 'deactivate-user');

  const edited = effectOfCall({ ...settings, body: '{"action": "activate"}', method: 'POST' }, preset);

  expect(edited).toEqual(preset.effect);
});

test('a DELETE of another path is a deletion, whatever the preset did', () => {
  const { preset, settings } = filled('zoom', 'end-sessions');

  const edited = effectOfCall({ ...settings, url: '/users/{{zoom_id}}' }, preset);

  expect(edited).toEqual({ does: 'delete', undo: { kind: 'permanent' } });
});

test('a request without a preset is known by its method', () => {
  const { settings } = filled('zoom', 'get-user-details');
  const does = (method: 'GET' | 'POST' | 'DELETE') => effectOfCall({ ...settings, method }, undefined).does;

  expect([does('GET'), does('POST'), does('DELETE')]).toEqual(['read', 'unknown', 'delete']);
});
