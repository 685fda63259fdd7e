import { describe, expect, it } from 'vitest';
import { exampleCompany } from '../../server/sandbox/company.ts';
import { exampleWebexPeople } from '../../server/sandbox/webex/company.ts';
import { readWebexId } from '../../server/sandbox/webex/id.ts';
import { sortByActivity } from '../../server/sandbox/webex/person.ts';
import { startedAt as now } from './open-sandbox.ts';

const dayMs = 24 * 60 * 60 * 1000;
const people = exampleWebexPeople({ now });

describe('the example company', () => {
  it('is the same every time, and smaller ones begin with the same people', () => {
    expect(exampleWebexPeople({ now })).toEqual(people);
    expect(exampleCompany(10)).toEqual(exampleCompany(500).slice(0, 10));
  });

  it('has 1,000 accounts with addresses and ids of their own', () => {
    expect(people).toHaveLength(1000);
    expect(new Set(people.map((person) => person.emails[0])).size).toBe(1000);
    expect(new Set(people.map((person) => person.id)).size).toBe(1000);
    for (const { emails, id } of people) {
      expect(emails[0]).toMatch(/^[a-z][a-z0-9.-]*@acme\.test$/);
      expect(readWebexId(id)?.kind).toBe('PEOPLE');
    }
  });

  it('was active in part: about 70 in 100 lately, 20 long ago, 10 unknown', () => {
    const { active, inactive, unknown } = sortByActivity(people, { now, days: 90 });

    expect(active.length + inactive.length + unknown.length).toBe(1000);
    expect(active.length).toBeGreaterThan(660);
    expect(inactive.length).toBeGreaterThan(160);
    expect(unknown.length).toBeGreaterThan(70);
  });

  it('has nobody near the 90 days', () => {
    expect(sortByActivity(people, { now, days: 61 })).toEqual(sortByActivity(people, { now, days: 100 }));
  });

  it('begins with Ada, who was here lately, Grace, who was not, and Linus, who never was', () => {
    const { active, inactive, unknown } = sortByActivity(people.slice(0, 4), { now, days: 90 });

    expect(people.slice(0, 4).map((person) => person.emails[0])).toEqual([
      'ada@acme.test',
      'grace@acme.test',
      'linus@acme.test',
      'it-admin@acme.test',
    ]);
    expect([inactive, unknown, active]).toEqual([
      [people[1]!.id],
      [people[2]!.id],
      [people[0]!.id, people[3]!.id],
    ]);
  });

  it('is unknown for people who have not come yet as well as for people who do not share it', () => {
    const unknown = people.filter((person) => person.lastActivity === undefined && person.type === 'person');
    const invited = unknown.filter((person) => person.invitePending);

    expect(invited.length).toBeGreaterThan(20);
    expect(unknown.length - invited.length).toBeGreaterThan(20);
  });

  it('saw nobody before they joined, nor in the future', () => {
    for (const { created, lastActivity } of people) {
      const seenAt = Date.parse(lastActivity ?? created);
      expect(seenAt).toBeGreaterThanOrEqual(Date.parse(created));
      expect(seenAt).toBeLessThanOrEqual(now);
    }
  });

  it('counts whole days, the last one included', () => {
    const [ada] = people;
    const seen = { ...ada!, lastActivity: new Date(now - 90 * dayMs).toISOString() };

    expect(sortByActivity([seen], { now, days: 90 }).inactive).toHaveLength(1);
    expect(sortByActivity([seen], { now: now - 1, days: 90 }).active).toHaveLength(1);
  });
});
