import { hash as digest } from 'node:crypto';
import { z } from 'zod';
import { toCanonical } from '../domain/canonical.ts';
import { AppError } from '../domain/errors.ts';
import {
  type GuardSettings,
  guardSettingsSchema,
  newestPressOf,
  placeOfStop,
  pressed,
  type Stop,
  type StopScope,
} from '../domain/guard.ts';
import type { NewId } from '../domain/ids.ts';
import { limitKinds, mostOf } from '../domain/limits.ts';
import { loosens } from '../domain/loosens.ts';
import { type Protection, protectionSchema } from '../domain/protection.ts';
import type { AuditLog, Principal } from './access-ports.ts';
import type { Approvals } from './approval-ports.ts';
import type { Guard } from './guard.ts';
import type { GuardFacts, GuardStore } from './guard-ports.ts';
import type { Clock, Events } from './ports.ts';
import type { LimitUse, SafetyService } from './safety-ports.ts';
import type { Vendors } from './vendor-ports.ts';

export interface SafetyDeps {
  store: GuardStore;
  /** Takes in what was changed at once, before anybody is told. */
  guard: Pick<Guard, 'learn' | 'closedBy'>;
  approvals: Pick<Approvals, 'on' | 'request' | 'secondPersonsFor'>;
  audit: AuditLog;
  vendors: Vendors;
  hasWorkflow(id: string): Promise<boolean>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  events: Pick<Events, 'listChanged'>;
}

const changeSubject = z.strictObject({
  from: guardSettingsSchema,
  to: guardSettingsSchema,
  loosens: z.array(z.string()),
  reason: z.string(),
});
const unprotectSubject = z.strictObject({ protection: protectionSchema, reason: z.string() });

/** Stops, limits and protections: what makes things safer is done at once, the rest when a second person agrees. */
export function createSafety(deps: SafetyDeps): SafetyService {
  const { store, guard, approvals, audit, vendors, clock, newId, events } = deps;

  async function done(facts: GuardFacts, by: string, action: string, target: string, details: object) {
    guard.learn(facts);
    await audit.add({ actor: by, action, target, details });
    events.listChanged('safety');
  }

  approvals.on('guard', {
    async moved({ subject }) {
      const { from } = changeSubject.parse(subject);
      const { content } = await store.read();
      return isSame(content.settings, from) ? null : 'The settings were changed meanwhile.';
    },
    async ended({ id, status, subject, decidedByName, requestedByName }, use) {
      if (status !== 'approved') return;
      const { from, to } = changeSubject.parse(subject);
      const facts = await store.change((content) => {
        if (!isSame(content.settings, from)) throw movedOn();
        return { ...content, settings: to };
      }, use);
      const by = `${requestedByName}, agreed to by ${decidedByName}`;
      await done(facts, by, 'safety settings changed', 'settings', { approval: id, from, to });
    },
  });

  approvals.on('unprotect', {
    async moved({ subject }) {
      const { protection } = unprotectSubject.parse(subject);
      const { protections } = await store.read();
      const isThere = protections.some((one) => toCanonical(one) === toCanonical(protection));
      return isThere ? null : 'The protection is gone already.';
    },
    async ended({ id, status, subject, decidedByName, requestedByName }, use) {
      if (status !== 'approved') return;
      const { protection } = unprotectSubject.parse(subject);
      const facts = await store.removeProtection(protection.id, use);
      const by = `${requestedByName}, agreed to by ${decidedByName}`;
      await done(facts, by, 'protection removed', protection.id, { approval: id, protection });
    },
  });

  async function checkScope(scope: StopScope): Promise<void> {
    const isThere =
      scope.kind === 'all' ||
      (scope.kind === 'vendor' ? vendors.find(scope.id) !== undefined : await deps.hasWorkflow(scope.id));
    if (isThere) return;
    throw new AppError(
      'invalid',
      `There is no ${scope.kind} "${scope.id}". Stop everything, then look which one it is.`,
      { place: 'scope.id' },
    );
  }

  /** Every place that has a limit of its own or was used within the last 24 hours. */
  async function usesOf(settings: GuardSettings): Promise<LimitUse[]> {
    const used = await store.uses(clock.now());
    const scopes = new Set([
      'all',
      ...Object.keys(settings.vendors).map((id) => `vendor:${id}`),
      ...Object.keys(settings.workflows).map((id) => `workflow:${id}`),
      ...used.map(({ scope }) => scope),
    ]);
    const uses: LimitUse[] = [];
    for (const scope of scopes) {
      const [where = '', id = ''] = scope.split(/:(.*)/s);
      const accounts = where === 'vendor' ? await store.accounts(id) : null;
      for (const kind of limitKinds) {
        const own = { all: settings.limits, vendor: settings.vendors[id], workflow: settings.workflows[id] };
        const limit = own[where as keyof typeof own]?.day?.[kind];
        const most = limit === undefined ? null : mostOf(limit, accounts);
        const count = used.find((each) => each.scope === scope && each.kind === kind)?.used ?? 0;
        if (most !== null || count > 0) uses.push({ scope, kind, used: count, most });
      }
    }
    return uses;
  }

  return {
    async state(caller) {
      const facts = await store.read();
      guard.learn(facts);
      const { content, protections } = facts;
      return {
        ...content,
        base: hashOf(content.settings),
        protections: [...protections],
        uses: await usesOf(content.settings),
        secondPersons: await approvals.secondPersonsFor(caller),
      };
    },

    async stop(scope, reason, by) {
      await checkScope(scope);
      const place = placeOfStop(scope);
      const press = { by: by.name, at: clock.now(), reason };
      const facts = await store.change((content) => pressed(content, scope, press));
      await done(facts, actorOf(by), 'stop pressed', place, { reason });
    },

    async release(place, { reason, seen }, by) {
      const facts = await store.change((content) => {
        const stop = content.stops.find((each) => placeOfStop(each.scope) === place);
        if (!stop) throw new AppError('not_found', 'There is no such stop. It may be released already.');
        if (seen !== undefined && newestPressOf(stop) > seen) throw pressedSince(stop, seen);
        return { ...content, stops: content.stops.filter((each) => each !== stop) };
      });
      await done(facts, actorOf(by), 'stop released', place, { reason });
    },

    closedBy: guard.closedBy,

    async leaveSafeMode({ reason, seen }, by) {
      let why = '';
      const facts = await store.change((content) => {
        if (!content.safeMode) throw new AppError('not_found', 'This server is not in safe mode.');
        why = content.safeMode.reason;
        if (seen !== undefined && content.safeMode.at > seen) {
          throw new AppError(
            'conflict',
            `Something else has happened meanwhile. ${why} Look at it, then release it.`,
          );
        }
        return { ...content, safeMode: null };
      });
      await done(facts, actorOf(by), 'safe mode released', 'safe mode', { why, reason });
    },

    async change({ settings: to, base, reason }, by) {
      const { content } = await store.read();
      const from = content.settings;
      if (hashOf(from) !== base) throw movedOn();
      const loosened = loosens(from, to, clock.now());
      if (loosened.length > 0) {
        const approval = await approvals.request({
          kind: 'guard',
          title: titleOf(loosened),
          subject: { from, to, loosens: loosened, reason },
          by: askingPerson(by),
          confirmation: 'I alone loosen the guard',
        });
        return { kind: 'asked', approval };
      }
      const facts = await store.change((now) => {
        if (!isSame(now.settings, from)) throw movedOn();
        return { ...now, settings: to };
      });
      await done(facts, actorOf(by), 'safety settings changed', 'settings', { from, to, reason });
      return { kind: 'done' };
    },

    async protect(wanted, by) {
      const protection: Protection = {
        ...wanted,
        id: newId('protection'),
        createdBy: by.name,
        createdAt: new Date(clock.now()).toISOString(),
      };
      const facts = await store.addProtection(protection);
      await done(facts, actorOf(by), 'protection added', protection.id, { protection });
      return protection;
    },

    async unprotect(id, reason, by) {
      const { protections } = await store.read();
      const protection = protections.find((each) => each.id === id);
      if (!protection) {
        throw new AppError('not_found', 'There is no such protection. It may be gone already.');
      }
      return approvals.request({
        kind: 'unprotect',
        title: `Protect ${protection.value} no longer`,
        subject: { protection, reason },
        by: askingPerson(by),
        confirmation: `I alone unprotect ${protection.value}`,
      });
    },
  };
}

/** Who asks for something that a second person agrees to. Nobody knows whose hand a token is in. */
export function askingPerson(by: Principal): Principal {
  if (by.operator) return by;
  throw new AppError(
    'forbidden',
    'A second person has to agree to this, so a person must ask for it and not a token. Sign in and do it there.',
  );
}

const actorOf = ({ name, id }: Principal): string => `${name} (${id})`;
const hashOf = (settings: GuardSettings): string => digest('sha256', toCanonical(settings));
const isSame = (a: GuardSettings, b: GuardSettings): boolean => toCanonical(a) === toCanonical(b);

function titleOf([first = '', ...more]: readonly string[]): string {
  const sentence = first.replace(/\.$/, '');
  return more.length === 0 ? sentence : `${sentence}, and ${more.length} more`;
}

/** Nobody releases a stop that they have not seen. */
function pressedSince({ by, at, reason, again = [] }: Stop, seen: number): AppError {
  const newest = [{ by, at, reason }, ...again].filter((press) => press.at > seen).at(-1)!;
  const who = newest.by === 'breaker' ? 'Rollcall stopped it' : `${newest.by} pressed Stop`;
  const why = newest.reason === '' ? '' : `: ${newest.reason.replace(/\.$/, '')}`;
  return new AppError('conflict', `${who} meanwhile${why}. Look at it, then release it.`);
}

const movedOn = (): AppError =>
  new AppError('conflict', 'Somebody changed the settings meanwhile. Look at them again, then change them.', {
    place: 'base',
  });
