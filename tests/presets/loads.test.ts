import { expect, test } from 'vitest';
import type { MappingRow } from '#domain/mapping';
import { openDatabase } from '../../server/store/database.ts';
import { people, saasUsers } from '../../server/store/schema.ts';
import { addField, createLoadWorld, launch, run } from '../support/load-world.ts';
import { knownLabels } from './known-labels.ts';
import { imitated, openPresetWorld } from './preset-world.ts';

test.each(Object.keys(imitated))(
  '%s: Smart Mapping loads everybody with every label, and a second load changes nothing',
  async (vendorId) => {
    const { vendor, client, baseUrl, inputs } = await openPresetWorld(vendorId);
    const never = new AbortController().signal;
    const world = await createLoadWorld(
      async (call) => (await client.send(call, never)).reply,
      openDatabase(':memory:'),
      { vendorId, baseUrl },
    );
    const rows = vendor.load.fields
      .filter(({ label }) => knownLabels[vendorId]?.includes(label))
      .map(({ key, label, type }): MappingRow => {
        const externalId = addField(world.database, `Known ${label}`, type);
        return {
          source: { kind: 'field', key },
          target: { recordType: 'person', externalId },
          syncKey: null,
        };
      });
    const id = await launch(world, { rows, inputs });

    const first = await run(world, id);
    const second = await run(world, id);

    const { items } = await world.loads.issues(first.id, { limit: 9 });
    // The only ones left out are devices, by the filter that a new integration begins with.
    expect(items.every(({ label }) => label.endsWith('@devices.logmein.com'))).toBe(true);
    expect(items.length > 0).toBe(vendorId === 'goto');
    const written = first.tally.read - items.length;
    expect(first).toMatchObject({ status: 'succeeded', isComplete: true, error: null });
    expect(first.tally.created).toBe(written);
    expect(second.tally).toMatchObject({ read: first.tally.read, unchanged: written });
    const everybody = world.database.select().from(people).all();
    const filled = new Set(everybody.flatMap(({ fields }) => Object.keys(fields)));
    expect(rows.map(({ target }) => target.externalId).filter((name) => !filled.has(name))).toEqual([]);
    const accounts = world.database.select().from(saasUsers).all();
    expect(accounts).toHaveLength(written);
    expect(accounts.every(({ personId, email }) => personId !== null && email !== '')).toBe(true);
    expect(accounts.some(({ roles }) => roles.length > 0)).toBe(true);
  },
);
