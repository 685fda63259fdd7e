import {
  type Block,
  type ConditionGroup,
  conditionGroupSchema,
  describeCondition,
  scheduleSchema,
  toScheduleWords,
} from '#contract';
import type { Catalogue } from './catalogue.ts';
import { apiSettingsOf } from './harm.ts';
import { logicWords } from './summary-logic.ts';
import { type Summary, textOf } from './summary-parts.ts';

export type { Summary } from './summary-parts.ts';

type Settings = Record<string, unknown>;
type Words = (settings: Settings, catalogue: Catalogue) => Summary;

/** What a block does, in its own words, in one line. */
export function summaryOf(block: Block, catalogue: Catalogue): Summary {
  if (block.type === 'api') return apiSummary(block);
  const words = wordsOfType[block.type];
  if (words) return words(block.settings, catalogue);
  return { text: catalogue.blockTypes.get(block.type)?.summary ?? block.type };
}

/** A condition in words, with field labels where fields are known. */
function conditionWords(value: unknown, catalogue: Pick<Catalogue, 'fields'>): string | null {
  const read = conditionGroupSchema.safeParse(value);
  if (!read.success || isEmptyGroup(read.data)) return null;
  const labels = new Map(catalogue.fields.map((field) => [field.externalId, field.label]));
  return describeCondition(read.data, (field) => labels.get(bareName(field)) ?? bareName(field));
}

const wordsOfType: Record<string, Words> = {
  begin: (settings, catalogue) => {
    const records = recordWords[textOf(settings.records)] ?? 'all records';
    const rules = conditionWords(settings.rules, catalogue);
    const when = startWords(settings);
    if (when === null) return { text: 'choose when it starts', isMissing: true };
    if (settings.undoes) return { text: `${when}, records of a run that is taken back` };
    return {
      text: rules ? `${when === 'by hand' ? '' : `${when}, `}${records}: ${rules}` : `${when}, ${records}`,
    };
  },
  'user-load': (settings, { integrations, vendors }) => {
    const integration = integrations.find((one) => one.id === settings.integrationId);
    if (!integration) return { text: 'choose what to load', isMissing: true };
    const vendor = vendors.get(integration.vendorId)?.title ?? integration.name;
    return { text: `${vendor}: load all users` };
  },
  'saas-user-role': (settings, { vendors }) => {
    const vendor = vendors.get(textOf(settings.vendorId));
    if (!vendor) return { text: 'choose an app', isMissing: true };
    return { text: `${vendor.title}: role and activity` };
  },
  'inactive-for': (settings) => {
    const days = Number(settings.days);
    return Number.isFinite(days) && days > 0
      ? { text: `inactive for ${days} ${days === 1 ? 'day' : 'days'}` }
      : { text: 'choose a number of days', isMissing: true };
  },
  wait: (settings) => {
    if (settings.mode === 'date') return dateWords(settings);
    const amount = Number(settings.amount);
    const unit = textOf(settings.unit);
    return amount > 0
      ? { text: `for ${amount} ${amount === 1 ? unit.slice(0, -1) : unit}` }
      : { text: 'choose how long', isMissing: true };
  },
  if: (settings, catalogue) => {
    const words = conditionWords(settings.condition, catalogue);
    return words ? { text: words } : { text: 'add a rule', isMissing: true };
  },
  'update-record': (settings, { fields }) => {
    const parts = [statusWords[textOf(settings.setStatus)], assignmentWords(settings.assignments, fields)];
    const text = parts.filter(Boolean).join(', ');
    return text ? { text } : { text: 'choose what to change', isMissing: true };
  },
  notify: (settings) => {
    const when = settings.when === 'end' ? 'once, after the run' : 'for each record';
    const title = textOf(settings.title);
    return title ? { text: `${when}: ${title}` } : { text: when };
  },
  end: () => ({ text: 'the path ends here' }),
  ...logicWords,
};

/** What starts it; null while that is still to be chosen. */
function startWords({ trigger, schedule }: Settings): string | null {
  const event = eventWords[String(trigger)];
  if (event) return event;
  if (trigger !== 'schedule') return 'by hand';
  const read = scheduleSchema.safeParse(schedule);
  if (!read.success) return null;
  const words = toScheduleWords(read.data);
  return words.slice(0, 1).toLowerCase() + words.slice(1);
}

const eventWords: Record<string, string> = {
  record_created: 'when a record is new',
  record_edited: 'when a record was edited',
  load_finished: 'when a load has finished',
  webhook: 'when another system calls',
};

/** Such as `until 3 days before last_activity`. */
function dateWords(settings: Settings): Summary {
  const date = bareName(textOf(settings.date));
  if (date === '') return { text: 'choose a date', isMissing: true };
  const days = Number(settings.offsetDays);
  if (!(days > 0)) return { text: `until ${date}` };
  return { text: `until ${days} ${days === 1 ? 'day' : 'days'} ${textOf(settings.side)} ${date}` };
}

const recordWords: Record<string, string> = {
  active: 'active records',
  deactivated: 'deactivated records',
  both: 'all records',
};

const statusWords: Record<string, string> = {
  active: 'set active',
  deactivated: 'set deactivated',
};

function apiSummary(block: Block): Summary {
  const settings = apiSettingsOf(block);
  if (!settings) return { text: 'settings cannot be read', isMissing: true };
  if (settings.url === '') return { text: 'choose a preset or write a request', isMissing: true };
  return { text: `${settings.method} ${settings.url}`, isCode: true };
}

function assignmentWords(value: unknown, fields: Catalogue['fields']): string {
  if (!Array.isArray(value) || value.length === 0) return '';
  const names = value.map((row: { target?: { kind?: string; name?: string } }) => {
    const { kind, name } = row.target ?? {};
    const field = fields.find((one) => one.externalId === name && one.recordType === kind);
    return field?.label ?? name ?? '';
  });
  const [first = '', ...others] = names.filter(Boolean);
  if (first === '') return '';
  return others.length === 0 ? `set ${first}` : `set ${first} and ${others.length} more`;
}

/** `person.status` and `{{status}}` are both the field `status`. */
function bareName(field: string): string {
  return field.replace(/^\{\{\s*|\s*\}\}$/g, '').replace(/^(person|saas_user)\./, '');
}

const isEmptyGroup = (group: ConditionGroup): boolean => group.rules.length === 0;
