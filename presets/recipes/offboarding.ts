import type { Recipe, RecipeParts } from '#domain/recipe';
import { goto } from '../goto/goto.ts';
import { zoom } from '../zoom/zoom.ts';
import { at, beginByHand, draw, managerField, partsOf, presetOf } from './drawing.ts';
import { type Place, places } from './offboarding-places.ts';

type Blocks = Parameters<typeof draw>[0];
type Parts = Readonly<Record<string, RecipeParts>>;

const waitDays = 30;
const rowHeight = 140;
/** The edges of a switch need more room to turn than those of other blocks. */
const fan = 4.3;
const each = { over: 'accounts', accounts: 'active' };

/** One case of the switches: an app, or one type of account in it. */
interface Case {
  id: string;
  place: Place;
  title: string;
  preset: string;
  condition: object;
}

const equals = (field: string, value: string) => ({ field, operator: 'equals', value });

/** By the app and not by the vendor alone: another tenant has another credential. */
const casesOf = (here: readonly Place[], parts: Parts): Case[] =>
  here
    .flatMap((place) => place.remove.map((way) => ({ place, ...way })))
    .map(({ place, title, preset, type }, i) => ({
      ...{ id: `case_${i + 1}`, place, title, preset },
      condition: {
        match: 'all',
        rules: [
          equals('app.id', partsOf(parts, place.vendor.id).appId),
          { field: 'is_known', operator: 'is_true' },
          ...(type === undefined ? [] : [equals('type', type)]),
        ],
      },
    }));

/** Presets know one account by the person's own field. A second account of the same app is not that one. */
function isKnown(here: readonly Place[], parts: Parts) {
  const pairs = here.map(({ vendor, field }) => `"${partsOf(parts, vendor.id).appId}" ${field.externalId}`);
  const value = `{{equals identifier (map app.id ${pairs.join(' ')} "")}}`;
  return { variables: [{ name: 'is_known', value }] };
}

/** Takes every account from a leaver: all are switched off at once, and deleted after a month unless the person came back. */
export const offboarding: Recipe = {
  id: 'offboarding',
  title: 'Offboarding over every app',
  summary: `For each SaaS user of a person: switches the account off with the app's own preset. ${waitDays} days later, unless the person is active again, deletes those accounts, and says how many there were. NinjaOne cannot switch anybody off: operators are told. Accounts that no preset here knows are counted and left to you.`,
  records: 'people',
  needs: places.map(({ vendor }) => ({ vendorId: vendor.id, parts: ['credentialId', 'appId'] })),
  isOneEnough: true,
  fields: [
    ...places.map(({ vendor, field }) => ({ recordType: 'person' as const, vendorId: vendor.id, ...field })),
    // Zoom hands over what a leaver owns, and GoTo asks for the account.
    { ...managerField, vendorId: zoom.id },
    { recordType: 'person', externalId: 'goto_account_key', label: 'GoTo account key', vendorId: goto.id },
  ],
  build(parts) {
    const here = places.filter(({ vendor }) => partsOf(parts, vendor.id).credentialId !== '');
    const cases = casesOf(here, parts);
    const which = { cases: cases.map(({ id, title, condition }) => ({ id, label: title, condition })) };
    const known = isKnown(here, parts);
    // The month begins below the switch, and ends below everything.
    const later = 180 + cases.length * 24;
    const month = Math.max((here.length + 1) * rowHeight + 30, later + 200);
    const blocks: Blocks = {
      begin: ['begin', 'Begin', at(0, 0), beginByHand],
      each_account: ['for-each', 'Each account', at(1, 0), each],
      is_known: ['set-variable', 'Is it the known account', at(2, 0), known],
      which_app: ['switch', 'Which app', at(3, 0), which],
      not_here: ['end', 'Left to you', at(fan, here.length * rowHeight)],
      deactivate: [
        'update-record',
        'Deactivate the person',
        at(2, later),
        { setStatus: 'deactivated', assignments: [] },
      ],
      wait: [
        'wait',
        `Wait ${waitDays} days`,
        at(3, later),
        { mode: 'duration', amount: waitDays, unit: 'days' },
      ],
      still_gone: [
        'if',
        'Still deactivated',
        at(0, month),
        { condition: { match: 'all', rules: [equals('status', 'deactivated')] } },
      ],
      came_back: ['end', 'Came back', at(1, month + 190)],
      each_again: ['for-each', 'Each account again', at(1, month), each],
      is_known_again: ['set-variable', 'Is it the known one, again', at(2, month), known],
      which_again: ['switch', 'Which app, again', at(3, month), which],
      gone: [
        'update-record',
        'Mark the account as gone',
        at(fan + 1, month),
        { setStatus: 'deactivated', assignments: [] },
      ],
      summary: [
        'notify',
        'Summary',
        at(2, month + 190),
        {
          when: 'end',
          level: 'success',
          title: 'Offboarding has finished',
          message:
            '{{run.total}} people. {{default blocks.gone.success 0}} accounts deleted. Left to you, because no preset here knows them: {{default blocks.which_app.otherwise 0}}. {{default run.failed 0}} failed, {{default run.needs_attention 0}} need a decision.',
        },
      ],
    };
    const edges = [
      'begin.next > each_account',
      'each_account.each > is_known',
      'is_known.next > which_app',
      'which_app.otherwise > not_here',
      'which_app.unknown > not_here',
      'each_account.done > deactivate',
      'deactivate.success > wait',
      'wait.next > still_gone',
      'still_gone.yes > each_again',
      'still_gone.no > came_back',
      'still_gone.unknown > came_back',
      'each_again.each > is_known_again',
      'is_known_again.next > which_again',
      'each_again.done > summary',
    ];
    for (const [i, place] of here.entries()) {
      const from = cases.filter((one) => one.place === place).map(({ id }) => `which_app.${id}`);
      edges.push(...addSwitchingOff(blocks, place, parts, i * rowHeight, from));
    }
    for (const [i, { id, place, title, preset }] of cases.entries()) {
      const words = title === place.vendor.title ? `Delete in ${title}` : `Delete ${title}`;
      const { credentialId } = partsOf(parts, place.vendor.id);
      const settings = presetOf(place.vendor, preset, credentialId, place.inputs);
      const name = `remove_${title.toLowerCase().replaceAll(/\W+/g, '_')}`;
      blocks[name] = ['api', words, at(fan, month + i * rowHeight), settings];
      edges.push(`which_again.${id} > ${name}`, `${name}.success > gone`);
    }
    return {
      name: 'Offboarding',
      description: `Switches off all accounts of a person, and deletes them after ${waitDays} days.`,
      records: { kind: 'people' },
      graph: draw(blocks, edges),
    };
  },
};

/** Draws how accounts of one app are switched off, and gives back its edges. */
function addSwitchingOff(
  blocks: Blocks,
  { vendor, read, disable }: Place,
  parts: Parts,
  y: number,
  from: readonly string[],
): string[] {
  const { id, title } = vendor;
  const { credentialId } = partsOf(parts, id);
  const to = (name: string) => from.map((exit) => `${exit} > ${name}`);
  if (disable === undefined) {
    blocks[`tell_${id}`] = ['notify', `Still open in ${title}`, at(fan, y), stillOpen(title)];
    return to(`tell_${id}`);
  }
  const settings = presetOf(vendor, disable, credentialId);
  blocks[`disable_${id}`] = ['api', `Switch off in ${title}`, at(read ? fan + 1 : fan, y), settings];
  if (read === undefined) return to(`disable_${id}`);
  blocks[`read_${id}`] = ['api', `Read in ${title}`, at(fan, y), presetOf(vendor, read, credentialId)];
  return [...to(`read_${id}`), `read_${id}.success > disable_${id}`];
}

const stillOpen = (title: string) => ({
  when: 'each',
  level: 'warning',
  title: `{{email}} can still use ${title}`,
  message: `${title} has no way to switch an account off. Take its roles away there, or delete it now: otherwise it is deleted in ${waitDays} days, unless the person is active again.`,
});
