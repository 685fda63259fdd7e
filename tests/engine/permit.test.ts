import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Permit, takePermit } from '#domain/permit';
import type { Effect } from '#engine/effect';
import { grantPermit } from '#engine/permit';
import type { VendorCall } from '#engine/vendor-ports';
import { createOutboundWorld } from '../support/outbound-world.ts';

const never = new AbortController().signal;

const deletion: VendorCall = {
  credential: { id: 'crd_1' },
  class: 'destructive',
  method: 'DELETE',
  url: '/people/wx-ada',
  headers: {},
  body: null,
  timeoutMs: 1_000,
};
const effect: Effect = {
  does: 'delete',
  undo: { kind: 'permanent' },
  vendorId: 'webex',
  presetId: 'delete-user',
  limitKind: 'delete',
  isGuarded: true,
  hasTarget: true,
};
const reservation = { generation: 1, caps: [], hour: 0 };
const grant = (call = deletion) => grantPermit(call, effect, reservation, () => true);

describe('a call that changes something', () => {
  it('passes with the permit that it was given, whatever lane it waits in', () => {
    expect(takePermit({ ...deletion, lane: 'load', permit: grant() } as VendorCall)).toBeNull();
  });

  it.each<[string, VendorCall]>([
    ['without a permit', deletion],
    [
      'with something that looks like one',
      { ...deletion, permit: { use: () => true, mayLeave: () => true } as unknown as Permit },
    ],
    ['with one that was copied', { ...deletion, permit: Object.create(grant()) as Permit }],
    [
      'with the permit of another account',
      { ...deletion, permit: grant({ ...deletion, url: '/people/wx-ben' }) },
    ],
    [
      'with the permit of another credential',
      { ...deletion, permit: grant({ ...deletion, credential: { id: 'crd_2' } }) },
    ],
    ['with the permit of another body', { ...deletion, permit: grant({ ...deletion, body: '{}' }) }],
    ['that calls itself a read', { ...deletion, class: 'read' }],
    ['by POST that calls itself a read', { ...deletion, class: 'read', method: 'POST' }],
    ['by PUT that calls itself idempotent', { ...deletion, class: 'idempotent', method: 'PUT' }],
    ['by GET that is destructive', { ...deletion, method: 'GET' }],
  ])('%s is refused', (_case, call) => {
    expect(takePermit(call)).toMatch(/the guard has not let it pass/);
  });

  it('passes once', () => {
    const call = { ...deletion, permit: grant() };
    expect([takePermit(call), takePermit(call)]).toEqual([null, expect.any(String)]);
  });

  it('gets no permit where it harms and nothing was reserved, or where nobody says what it does', () => {
    expect(() => grantPermit(deletion, effect, null, () => true)).toThrow(/not judged by the guard/);
    expect(() => grantPermit(deletion, undefined, null, () => true)).toThrow(/not judged by the guard/);
    const put: VendorCall = { ...deletion, class: 'idempotent', method: 'PUT' };
    expect(() =>
      grantPermit(put, { ...effect, does: 'disable', limitKind: 'disable' }, null, () => true),
    ).toThrow();
    expect(() => grantPermit(deletion, { ...effect, limitKind: null }, null, () => true)).toThrow();
  });
});

it('reads need none', () => {
  expect(takePermit({ ...deletion, class: 'read', method: 'GET' })).toBeNull();
});

it('the real client sends nothing to another vendor than the one whose rules the guard has judged by', async () => {
  const world = createOutboundWorld(['127.0.0.1:1']);
  const id = await world.addCredential('http://127.0.0.1:1');
  const call = { ...deletion, credential: { id } };
  const asZoom = { ...effect, vendorId: 'zoom' };

  const { reply } = await world.client.send(
    { ...call, permit: grantPermit(call, asZoom, reservation, () => true) },
    never,
  );

  expect(reply).toMatchObject({
    kind: 'not_sent',
    isPermanent: true,
    reason: expect.stringMatching(/belongs to the vendor "webex", but .* the vendor "zoom"/),
  });
});

it('the real client sends nothing without one', async () => {
  const world = createOutboundWorld(['127.0.0.1:1']);
  const id = await world.addCredential('http://127.0.0.1:1');

  const { reply } = await world.client.send({ ...deletion, credential: { id } }, never);

  expect(reply).toMatchObject({
    kind: 'not_sent',
    isPermanent: true,
    reason: expect.stringMatching(/the guard/),
  });
});

/** Every file of the server as text. */
function sources(folder = join(import.meta.dirname, '../../server')): [file: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'utf8')]);
}

it('permits are made in one place, given in one place, and connections opened in one place', () => {
  const where = (pattern: RegExp) =>
    sources()
      .filter(([, text]) => pattern.test(text))
      .map(([file]) => file);

  expect(where(/new Permit\(/)).toEqual(['engine/permit.ts']);
  expect(where(/\bgrantPermit\(/).sort()).toEqual([
    'engine/permit.ts',
    'engine/step-call.ts',
    'engine/test-request.ts',
  ]);
  expect(where(/takePermit\(/).sort()).toEqual(['domain/permit.ts', 'vendors/client.ts']);
  // Lines to vendors are opened by the client, which asks for the permit first, and for tokens.
  const opening = ['vendors/client.ts', 'vendors/egress-client.ts', 'vendors/transport.ts'];
  expect(where(/\bopenLine\(/).sort()).toEqual(opening);
});
