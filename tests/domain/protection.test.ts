import { describe, expect, it } from 'vitest';
import { isAdministrator } from '#domain/administrator';
import { type Protection, toProtections } from '#domain/protection';

const account = {
  vendorId: 'webex',
  identifiers: ['wx-ada'],
  addresses: ['Ada@Acme.test'],
  roles: [] as string[] | null,
  personRole: 'Engineer',
};
const protect = (kind: Protection['kind'], value: string, vendorId: string | null = null) =>
  toProtections([{ id: 'prt_1', kind, value, vendorId, note: '', createdBy: '', createdAt: '' }]);

describe('a protection', () => {
  it.each([
    ['address', 'ada@acme.TEST'],
    ['address', '@acme.test'],
    ['identifier', 'WX-ada'],
    ['person_role', 'engineer'],
  ] as const)('by %s %s holds whatever the capitals', (kind, value) => {
    expect(protect(kind, value)(account)).toMatchObject({ kind });
    expect(protect(kind, `${value}x`)(account)).toBeUndefined();
  });

  it('by an id holds at its vendor only', () => {
    expect(protect('identifier', 'wx-ada', 'zoom')(account)).toBeUndefined();
    expect(protect('identifier', 'wx-ada', 'webex')(account)).toBeDefined();
  });

  it('by a role at the vendor holds for everybody whose roles nobody knows', () => {
    const byRole = protect('role', 'Owner', 'webex');
    expect(byRole({ ...account, roles: ['Owner'] })).toBeDefined();
    expect(byRole({ ...account, roles: ['Member'] })).toBeUndefined();
    expect(byRole({ ...account, roles: null })).toMatchObject({ value: 'unknown' });
    expect(byRole({ ...account, vendorId: 'zoom', roles: null })).toBeUndefined();
  });
});

describe('an administrator', () => {
  it('is told by the answer, and unknown when the answer does not tell', () => {
    const byId = { path: 'role_id', ordinary: ['2'], absent: 'unknown' } as const;
    expect(isAdministrator({ ...byId, ordinary: ['2'] }, { role_id: '2' })).toBe(false);
    expect(isAdministrator({ ...byId, ordinary: ['2'] }, { role_id: '0' })).toBe(true);
    expect(isAdministrator({ ...byId, ordinary: ['2'] }, {})).toBeNull();
    const byList = { path: '[0].roles', values: ['zero'], ordinary: [], absent: 'ordinary' } as const;
    expect(isAdministrator({ ...byList, values: ['zero'], ordinary: [] }, [{ roles: ['one', 'zero'] }])).toBe(
      true,
    );
    expect(isAdministrator({ ...byList, values: ['zero'], ordinary: [] }, [{ roles: ['one'] }])).toBe(false);
    expect(isAdministrator({ ...byList, values: ['zero'], ordinary: [] }, [])).toBe(false);
  });
});
