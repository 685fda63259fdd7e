import { type GuardSettings, type LimitKind, limitKinds, type OwnLimits } from '#contract';
import { toExactText } from '../../ui/words.ts';
import { limitTitles } from '../safety/LimitsDialog.tsx';
import { limitText, type Span, spans } from '../safety/limits-draft.ts';

/** One setting that would change, in words. */
export interface SettingChange {
  what: string;
  before: string;
  after: string;
}

type NameOf = (kind: 'vendor' | 'workflow', id: string) => string;

/** Everything in which two versions of the guard's settings differ. */
export function settingChanges(from: GuardSettings, to: GuardSettings, nameOf: NameOf): SettingChange[] {
  const changes: SettingChange[] = [];
  const add = (what: string, before: string, after: string): void => {
    if (before !== after) changes.push({ what, before, after });
  };
  const limits = (title: string, a: OwnLimits | undefined, b: OwnLimits | undefined, none: string): void => {
    const text = (own: OwnLimits | undefined, span: Span, kind: LimitKind): string =>
      limitText(own?.[span]?.[kind]) ?? none;
    for (const span of spans)
      for (const kind of limitKinds)
        add(`${title}${limitTitles[span][kind]}`, text(a, span, kind), text(b, span, kind));
  };

  limits('', from.limits, to.limits, 'No limit');
  for (const id of keysOf(from.vendors, to.vendors))
    limits(`${nameOf('vendor', id)}: `, from.vendors[id], to.vendors[id], 'None of its own');
  for (const id of keysOf(from.workflows, to.workflows))
    limits(`${nameOf('workflow', id)}: `, from.workflows[id], to.workflows[id], 'As for all');
  add(
    'Administrators at vendors',
    from.protectsAdministrators ? 'Protected' : 'Not protected',
    to.protectsAdministrators ? 'Protected' : 'Not protected',
  );
  add(
    'First run of a version',
    from.hasCanary ? 'One call, then a look' : 'No look',
    to.hasCanary ? 'One call, then a look' : 'No look',
  );
  add('Pace of deletions', paceWords(from.deletionsPerMinute), paceWords(to.deletionsPerMinute));
  add('Freezes', freezeWords(from), freezeWords(to));
  return changes;
}

const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const paceWords = (perMinute: number | null): string =>
  perMinute === null ? 'Without a pause' : `${perMinute} a minute`;

const freezeWords = ({ freezes }: GuardSettings): string =>
  freezes.length === 0
    ? 'None'
    : freezes
        .map(({ title, from, until }) => `${title} (${toExactText(from)} to ${toExactText(until)})`)
        .join(', ');
